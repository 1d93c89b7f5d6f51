import type { Command } from "commander";
import type { Cluster } from "../config/model";
import { cloudImages, installerIsos, rke2Download } from "../versions";
import { clusterOption, type ClusterOption } from "./cluster-option";
import { readDigest } from "./publisher";

/** Pin is one digest as its publisher states it, and the edit that puts it into the cluster file. */
interface Pin {
  readonly cluster: string;
  readonly field: string;
  readonly list: string;
  readonly file: string;
  readonly pinned?: string;
  readonly edit: (sha256: string) => string;
}

export function addPin(program: Command): void {
  program
    .command("pin")
    .description(
      "read from their publishers the digests of what the cluster downloads, and print the edit that pins them",
    )
    .addOption(clusterOption())
    .option("--json", "print a JSON array")
    .action(async (options: ClusterOption & { json?: true }) => {
      const { loadModel } = await import("../load-cluster");
      const pins = loadModel(options.cluster).model.clusters.flatMap(pinsOf);
      const read = await Promise.all(
        pins.map(async (pin) => ({ ...pin, sha256: await readDigest(pin.list, pin.file) })),
      );
      const answers = read.map(({ edit, pinned, ...pin }) => ({
        ...pin,
        state: pinned === undefined ? "unpinned" : pinned === pin.sha256 ? "pinned" : "differs",
        edit: edit(pin.sha256),
      }));
      if (options.json) process.stdout.write(`${JSON.stringify(answers, null, 2)}\n`);
      else answers.forEach((answer) => process.stdout.write(printed(answer)));
      if (answers.some((answer) => answer.state === "differs")) process.exitCode = 1;
    });
}

function pinsOf(cluster: Cluster): Pin[] {
  const { source } = cluster.template;
  const { version, sha256 } = cluster.rke2;
  const field = source.kind === "cloud-image" ? "cloudImage" : "iso";
  return [
    {
      cluster: cluster.name,
      field: `template.${field}`,
      list: checksumsOf(source.url),
      file: source.url.slice(source.url.lastIndexOf("/") + 1),
      ...(source.sha256 !== undefined && { pinned: source.sha256 }),
      edit: (digest) => `template: { ${field}: { url: "${source.url}", sha256: "${digest}" } },`,
    },
    {
      cluster: cluster.name,
      field: "rke2.sha256",
      list: `${rke2Download}/${encodeURIComponent(version)}/sha256sum-amd64.txt`,
      file: "rke2.linux-amd64.tar.gz",
      ...(sha256 !== undefined && { pinned: sha256 }),
      edit: (digest) => `rke2: { version: "${version}", sha256: "${digest}", … },`,
    },
  ];
}

/** checksumsOf a download: the list versions.ts names for it, else SHA256SUMS beside it, as most publishers keep it. */
function checksumsOf(url: string): string {
  const known = [...Object.values(cloudImages), ...Object.values(installerIsos)].find(
    (image) => image.url === url,
  );
  return known?.checksums ?? new URL("SHA256SUMS", url).href;
}

function printed(answer: {
  cluster: string;
  field: string;
  list: string;
  state: string;
  edit: string;
}): string {
  const words = {
    pinned: "is pinned to what its publisher states",
    unpinned: "is not pinned; write",
    differs: "DIFFERS",
  };
  if (answer.state === "pinned") return `${answer.cluster}: ${answer.field} ${words.pinned}\n`;
  const found =
    answer.state === "unpinned"
      ? words.unpinned
      : `${words.differs} from what its publisher states; it would be`;
  return `${answer.cluster}: ${answer.field} ${found}\n  ${answer.edit}\n  read from ${answer.list}\n`;
}
