import type { Command } from "commander";
import type { Cluster } from "../config/model";
import { cloudImages, installerIsos, rke2Download } from "../versions";
import { clusterOption, type ClusterOption } from "./cluster-option";
import { asJson, jsonOption, type JsonOption } from "./json-option";
import { type KeysOf, manual } from "./manual";
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
  const command = program
    .command("pin")
    .description(
      "read from their publishers the digests of what the cluster downloads, and print the edit that pins them",
    )
    .addOption(clusterOption())
    .addOption(jsonOption())
    .action(async (options: ClusterOption & JsonOption) => {
      const { loadModel } = await import("../load-cluster");
      const pins = loadModel(options.cluster).model.clusters.flatMap(pinsOf);
      const read = await Promise.all(
        pins.map(async (pin) => ({ ...pin, sha256: await readDigest(pin.list, pin.file) })),
      );
      const answers = read.map(({ edit, pinned, ...pin }): Answer => ({
        ...pin,
        state: pinned === undefined ? "unpinned" : pinned === pin.sha256 ? "pinned" : "differs",
        edit: edit(pin.sha256),
      }));
      if (options.json) process.stdout.write(asJson(answers));
      else answers.forEach((answer) => process.stdout.write(printed(answer)));
      if (answers.some((answer) => answer.state === "differs")) process.exitCode = 1;
    });
  manual(command, {
    group: "write",
    needs: "the cluster file, and a way to the publishers: HTTPS, no credentials. Nothing is written.",
    statuses: {
      0: "every digest is pinned, or the edit that pins it was printed",
      1: "a pinned digest differs from its publisher's, or a publisher was not reached",
    },
    examples: [
      { line: "./slipway pin", says: "the lines to put into cluster.ts" },
      { line: "./slipway pin --json | jq '.[] | select(.state == \"differs\")'", says: "what to look into" },
    ],
    json: { form: "an array of objects", keys },
  });
}

interface Answer extends Pick<Pin, "cluster" | "field" | "list" | "file"> {
  readonly sha256: string;
  readonly state: "pinned" | "unpinned" | "differs";
  readonly edit: string;
}

const keys: KeysOf<Answer> = {
  cluster: "name of the cluster",
  field: "field of the cluster file that pins it",
  list: "URL of the publisher's list of digests",
  file: "name of the file in that list",
  sha256: "digest that the publisher states",
  state: "pinned, unpinned or differs",
  edit: "line of the cluster file that pins it",
};

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

function printed(answer: Answer): string {
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
