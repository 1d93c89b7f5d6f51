import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import home from "../../cluster";
import { agentUserData } from "../../cloud-init/agent";
import { Releases } from "../../lab/guests/releases";
import { createLabNetwork, type LabNetwork } from "../../lab/network";
import { clusterOf } from "./clusters";
import { readUserData } from "./read-document";
import { type Outcome, ScratchMachine } from "./scratch-machine";

const archive = "rke2.linux-amd64.tar.gz";
const version = "v1.36.5+rke2r1";
const images = "/var/lib/rancher/rke2/agent/images";
const [core, canal] = ["core", "canal"].map((set) => `rke2-images-${set}.linux-amd64.tar.zst`);

let scratch: string;
let network: LabNetwork;
let releases: Releases;
const machines: ScratchMachine[] = [];

beforeEach(async () => {
  scratch = mkdtempSync(join(tmpdir(), "slipway-artifacts-"));
  network = await createLabNetwork();
  releases = new Releases(scratch);
});

afterEach(async () => {
  for (const machine of machines.splice(0)) machine.remove();
  await network.close();
  rmSync(scratch, { recursive: true });
});

interface Worker {
  readonly machine: ScratchMachine;
  readonly command: readonly string[];
}

/** worker of a cluster that takes its release from there; over an open line its digest has to be pinned. */
async function worker(artifacts: object): Promise<Worker> {
  const sha256 = createHash("sha256")
    .update((await releases.file(version, archive)) ?? "")
    .digest("hex");
  const cluster = clusterOf({ ...home, rke2: { ...home.rke2, artifacts, sha256 } });
  const [node] = cluster.workers;
  if (node === undefined) throw new Error("the example has workers");
  const document = agentUserData(cluster, node);
  const environment = { http_proxy: network.httpProxyUrl, TMPDIR: scratch };
  const machine = new ScratchMachine(document, {}, environment);
  machines.push(machine);
  const command = readUserData(document).runcmd.find((each) =>
    each.includes("/usr/local/sbin/slipway-install-rke2"),
  );
  if (command === undefined || typeof command === "string") throw new Error("no install command");
  return { machine, command };
}

function install({ machine, command: [program = "", ...args] }: Worker): Promise<Outcome> {
  return machine.run(program, args);
}

/** serve the folder of a release over plain HTTP, but the named files with other bytes. */
async function serve(changed: readonly string[] = []): Promise<string[]> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const [, prefix, encoded = "", name = ""] = (request.url ?? "").split("/");
    asked.push(name);
    const file =
      prefix === "rke2" && encoded === "v1.36.5%2Brke2r1" ? releases.file(version, name) : undefined;
    if (file === undefined) response.writeHead(404).end();
    else void file.then((bytes) => response.end(changed.includes(name) ? "something else" : bytes));
  });
  await network.attach("artifacts.example.com", 80, server);
  return asked;
}

test("a release's files come over HTTP, its images for the cluster's network with them, all by the folder's list", async () => {
  const asked = await serve();
  const node = await worker({ from: "http://artifacts.example.com/rke2/" });
  expect(await install(node)).toMatchObject({ code: 0, said: "" });
  expect(asked).toEqual(["sha256sum-amd64.txt", archive, core, canal]);
  expect(node.machine.read("/usr/local/bin/rke2")).toContain(version);
  expect(node.machine.read(`${images}/${core}`)).toContain(": core");
  expect(node.machine.read(`${images}/${canal}`)).toContain(": canal");
});

test("images may be left where they are", async () => {
  const asked = await serve();
  const node = await worker({ from: "http://artifacts.example.com/rke2", images: false });
  expect(await install(node)).toMatchObject({ code: 0 });
  expect(asked).toEqual([archive]);
  expect(node.machine.read(`${images}/${core}`)).toBeUndefined();
});

test("a release lies in a folder of the template, under its own name", async () => {
  const node = await worker({ from: "file:///opt/rke2" });
  await releases.layIn(join(node.machine.root, "opt/rke2"), version);
  expect(await install(node)).toMatchObject({ code: 0, said: "" });
  expect(node.machine.read("/usr/local/bin/rke2")).toContain(version);
  expect(node.machine.read(`${images}/${canal}`)).toContain(": canal");
});

test("refuses a folder of the template without the release, at once", async () => {
  const node = await worker({ from: "file:///opt/rke2" });
  node.machine.play("sleep", "echo slept");
  const { code, said } = await install(node);
  expect(code).toBe(1);
  expect(said).toContain("/opt/rke2/v1.36.5%2Brke2r1/sha256sum-amd64.txt");
  expect(said).not.toContain("slept");
});

test("refuses an archive of images that the list does not confirm, and installs nothing", async () => {
  await serve([`${canal}`]);
  const node = await worker({ from: "http://artifacts.example.com/rke2" });
  const { code, said } = await install(node);
  expect(code).toBe(1);
  expect(said).toContain(`${canal} is not what was expected, so nothing was installed`);
  expect(node.machine.read("/usr/local/bin/rke2")).toBeUndefined();
  expect(node.machine.read(`${images}/${core}`)).toBeUndefined();
});

test("without a pinned digest the folder's list is all that is asked", () => {
  const unpinned = clusterOf({
    ...home,
    rke2: { ...home.rke2, artifacts: { from: "https://artifacts.example.com" } },
  });
  const commands = unpinned.workers.flatMap((node) => readUserData(agentUserData(unpinned, node)).runcmd);
  const release = "https://artifacts.example.com/v1.36.5%2Brke2r1";
  expect(commands).toContainEqual(["/usr/local/sbin/slipway-install-rke2", release, "-", core, canal]);
});
