import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import home from "../../cluster";
import { agentUserData } from "../../cloud-init/agent";
import { createLabAuthority, createLabNetwork, type LabAuthority, type LabNetwork } from "../../lab/network";
import { clusterOf } from "./clusters";
import { readUserData } from "./read-document";
import { type Outcome, ScratchMachine } from "./scratch-machine";

const host = "github.com";
const folder = "/rancher/rke2/releases/download/v1.36.5%2Brke2r1";
const archive = "rke2.linux-amd64.tar.gz";
const unit = "/usr/local/lib/systemd/system/rke2-agent.service";

let scratch: string;
let network: LabNetwork;
let authority: LabAuthority;
let release: Buffer;
const machines: ScratchMachine[] = [];

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), "slipway-release-"));
  for (const [path, content] of [
    ["bin/rke2", "#!/bin/sh\necho rke2\n"],
    ["lib/systemd/system/rke2-agent.service", "[Service]\n"],
  ] as const) {
    mkdirSync(join(scratch, "tree", path, ".."), { recursive: true });
    writeFileSync(join(scratch, "tree", path), content);
  }
  execFileSync("tar", ["-czf", join(scratch, archive), "-C", join(scratch, "tree"), "bin", "lib"]);
  release = readFileSync(join(scratch, archive));
});

beforeEach(async () => {
  network = await createLabNetwork();
  authority = await createLabAuthority(scratch);
});

afterEach(async () => {
  for (const machine of machines.splice(0)) machine.remove();
  await network.close();
});

afterAll(() => {
  rmSync(scratch, { recursive: true });
});

/** publish puts files under the release's folder; busy requests are answered 503 before that. */
async function publish(files: Readonly<Record<string, Buffer | string>>, busy = 0): Promise<string[]> {
  const asked: string[] = [];
  const { certificatePem: cert, keyPem: key } = await authority.issue([host]);
  await network.attach(
    host,
    443,
    createServer({ cert, key }, (request, response) => {
      asked.push(request.url ?? "");
      const file = files[(request.url ?? "").replace(`${folder}/`, "")];
      if (asked.length <= busy) response.writeHead(503).end();
      else response.writeHead(file === undefined ? 404 : 200).end(file);
    }),
  );
  return asked;
}

function listed(content: Buffer, name = archive): string {
  return `${sha256("another file")}  rke2-images.linux-amd64.tar.zst\n${sha256(content)}  ${name}\n`;
}

function sha256(content: Buffer | string): string {
  return createHash("sha256").update(content).digest("hex");
}

/** install runs a worker's own rendered install command. */
async function install(pin?: string): Promise<{ machine: ScratchMachine; outcome: Outcome }> {
  const cluster = clusterOf({
    ...home,
    rke2: { ...home.rke2, ...(pin === undefined ? {} : { sha256: pin }) },
  });
  const [worker] = cluster.workers;
  if (worker === undefined) throw new Error("the example has workers");
  const document = agentUserData(cluster, worker);
  const machine = new ScratchMachine(
    document,
    {},
    {
      HTTPS_PROXY: network.httpProxyUrl,
      CURL_CA_BUNDLE: authority.certificateFile,
      TMPDIR: scratch,
    },
  );
  machines.push(machine);
  const command = readUserData(document).runcmd.find((each) => each[0]?.includes("slipway-install-rke2"));
  if (command === undefined || typeof command === "string") throw new Error("no install command");
  const [program = "", ...args] = command;
  return { machine, outcome: await machine.run(program, args) };
}

test("RKE2 of the exact version is unpacked and its units are known to systemd", async () => {
  const asked = await publish({ "sha256sum-amd64.txt": listed(release), [archive]: release });
  const { machine, outcome } = await install();
  expect(outcome).toMatchObject({ code: 0, said: "" });
  expect(asked).toEqual([`${folder}/sha256sum-amd64.txt`, `${folder}/${archive}`]);
  expect(machine.read("/usr/local/bin/rke2")).toContain("echo rke2");
  expect(machine.read(unit)).toBe("[Service]\n");
  expect(machine.read("/systemctl.log")).toBe("daemon-reload\n");
});

test("a pinned digest is compared with, and the release's own list not even asked for", async () => {
  const asked = await publish({ [archive]: release });
  const { machine, outcome } = await install(sha256(release));
  expect(outcome.code).toBe(0);
  expect(asked).toEqual([`${folder}/${archive}`]);
  expect(machine.read(unit)).toBeDefined();
});

test.each([
  ["the pinned digest", sha256("what was read from the publisher")],
  ["the release's own list", undefined],
])("refuses an archive that differs from %s, and installs nothing", async (_, pin) => {
  await publish({ "sha256sum-amd64.txt": listed(Buffer.from("another")), [archive]: release });
  const { machine, outcome } = await install(pin);
  expect(outcome.code).toBe(1);
  expect(outcome.said).toContain(`found     sha256 ${sha256(release)}`);
  expect(outcome.said).toContain(`expected  sha256 ${pin ?? sha256("another")}`);
  expect(machine.read("/usr/local/bin/rke2")).toBeUndefined();
  expect(machine.read("/systemctl.log")).toBeUndefined();
});

test("refuses a list that does not name the archive", async () => {
  const asked = await publish({
    "sha256sum-amd64.txt": listed(release, `old-${archive}`),
    [archive]: release,
  });
  const { outcome } = await install();
  expect(asked).toEqual([`${folder}/sha256sum-amd64.txt`]);
  expect(outcome).toMatchObject({ code: 1 });
  expect(outcome.said).toContain(`sha256sum-amd64.txt does not name ${archive}`);
});

test("a publisher that is busy at first is asked again", async () => {
  const asked = await publish({ "sha256sum-amd64.txt": listed(release), [archive]: release }, 3);
  const { outcome } = await install();
  expect(outcome.code).toBe(0);
  expect(asked.length).toBe(5);
});

test("refuses to ask for ever", async () => {
  const asked = await publish({});
  const { outcome } = await install();
  expect(outcome.code).toBe(1);
  expect(outcome.said).toContain(
    "cannot download https://github.com/rancher/rke2/releases/download/v1.36.5%2Brke2r1",
  );
  expect(asked.length).toBe(60);
});

test("refuses a publisher that the machine's authorities do not know", async () => {
  await publish({ "sha256sum-amd64.txt": listed(release), [archive]: release });
  authority = await createLabAuthority(scratch);
  const { machine, outcome } = await install();
  expect(outcome.code).toBe(1);
  expect(machine.read("/usr/local/bin/rke2")).toBeUndefined();
});
