import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { cloudConfig, createStage, eventually, machine, networkConfig, rootOf, type Stage } from "./stage";
import type { PoweredMachine, RunningMachine } from "../../../lab/machine";

jest.setTimeout(30_000);

let stage: Stage;
beforeEach(async () => {
  stage = await createStage();
});
afterEach(() => stage.close());

async function boot(
  userData: object,
  more: Partial<PoweredMachine> = {},
): Promise<{ powered: PoweredMachine; running: RunningMachine }> {
  const powered = { ...machine({ name: "m", address: "192.168.0.31", userData }), ...more };
  return { powered, running: await stage.powerOn(powered) };
}

const finished = (): Promise<void> => stage.says("m", "cloud-init: finished");

test("files are written with their encoding and permissions, and parents are made", async () => {
  const { powered } = await boot({
    write_files: [
      { path: "/etc/plain", content: "plain", permissions: "0600" },
      { path: "/a/b/c", content: Buffer.from("coded").toString("base64"), encoding: "b64" },
      {
        path: "/zipped",
        content: gzipSync("small").toString("base64"),
        encoding: "gz+b64",
        permissions: "0755",
      },
    ],
  });
  await finished();
  const root = rootOf(powered);
  expect(["etc/plain", "a/b/c", "zipped"].map((path) => readFileSync(join(root, path), "utf8"))).toEqual([
    "plain",
    "coded",
    "small",
  ]);
  expect(
    ["etc/plain", "a/b/c", "zipped"].map((path) => (statSync(join(root, path)).mode & 0o777).toString(8)),
  ).toEqual(["600", "644", "755"]);
});

test("commands run in order inside the machine's root, with nothing of this computer in their environment", async () => {
  process.env["LAB_TEST_MARK"] = "of this computer";
  const { powered } = await boot({
    runcmd: [
      ["mkdir", "-p", "/var/lib/order"],
      "echo first > /var/lib/order/list",
      'echo "second ${LAB_TEST_MARK:-clean}" >> "$ROOT/var/lib/order/list"',
      ["sh", "-c", "echo third >> /var/lib/order/list"],
    ],
  });
  await finished();
  expect(readFileSync(join(rootOf(powered), "var/lib/order/list"), "utf8")).toBe(
    "first\nsecond clean\nthird\n",
  );
  expect(stage.view("m").errors).toEqual([]);
  delete process.env["LAB_TEST_MARK"];
});

test("a command that fails, or that an Ubuntu server does not have, is an error and the next one runs", async () => {
  const { powered } = await boot({ runcmd: ["exit 3", ["kubectl", "get", "nodes"], ["touch", "/after"]] });
  await finished();
  expect(stage.view("m").errors).toEqual([
    "runcmd: exit 3: exited with status 3",
    "runcmd: kubectl get nodes: exited with status 127",
  ]);
  expect(existsSync(join(rootOf(powered), "after"))).toBe(true);
  expect(stage.view("m").console.at(-1)).toContain("status: error");
});

test("a machine does once per instance what is done once, and bootcmd at every boot", async () => {
  const { powered, running } = await boot({
    bootcmd: ["echo boot >> /boots"],
    runcmd: ["echo run >> /runs"],
  });
  await finished();
  await running.powerOff();
  const again = await stage.powerOn(powered);
  const read = (name: string): string => readFileSync(join(rootOf(powered), name), "utf8");
  await eventually(
    () => read("boots") === "boot\nboot\n" || undefined,
    () => read("boots"),
  );
  await again.powerOff();
  expect(read("runs")).toBe("run\n");
});

test("a clone with another instance-id runs cloud-init again in a copy of its own", async () => {
  const { powered, running } = await boot({ runcmd: ["echo template >> /runs"] });
  await finished();
  await running.powerOff();
  const content = powered.disks.get("scsi0");
  if (content === undefined) throw new Error("no disk");
  const clone = machine({
    name: "clone",
    address: "192.168.0.32",
    disk: stage.room.copy(content),
    userData: { runcmd: ["echo clone >> /runs"] },
  });
  await stage.powerOn(clone);
  await stage.says("clone", "cloud-init: finished");
  expect(readFileSync(join(rootOf(clone), "runs"), "utf8")).toBe("template\nclone\n");
  expect(readFileSync(join(rootOf(powered), "runs"), "utf8")).toBe("template\n");
});

test.each([
  ["is not YAML", "#cloud-config\nhostname: [", "Flow sequence"],
  ["does not begin with #cloud-config", "hostname: m\n", "#cloud-config"],
  ["has a list where a text belongs", cloudConfig({ write_files: [{ path: ["/a"] }] }), "write_files"],
  [
    "writes to a relative path",
    cloudConfig({ write_files: [{ path: "etc/x", content: "" }] }),
    "write_files",
  ],
  [
    "has permissions that are no octal number",
    cloudConfig({ write_files: [{ path: "/x", permissions: "rw" }] }),
    "permissions",
  ],
])("refuses user-data that %s", async (_, userData, message) => {
  const powered = machine({ name: "broken", address: "192.168.0.33" });
  await stage.powerOn({ ...powered, seed: { ...powered.seed, userData } });
  await stage.says("broken", message);
});

test("the agent answers once it is installed, with lo first and the address of the network-config", async () => {
  const { running } = await boot({});
  const answer = await eventually(
    () => running.agent(),
    () => stage.view("m"),
  );
  expect(answer).toEqual([
    { name: "lo", mac: "00:00:00:00:00:00", addresses: [{ address: "127.0.0.1", prefix: 8 }] },
    { name: "eth0", mac: "bc:24:11:00:00:01", addresses: [{ address: "192.168.0.31", prefix: 24 }] },
  ]);
  await running.powerOff();
  expect(running.agent()).toBeUndefined();
});

test("the agent never answers where the VM does not enable it, or nothing installed it", async () => {
  const disabled = await boot({}, { agentEnabled: false });
  await finished();
  expect(disabled.running.agent()).toBeUndefined();
  const without = machine({ name: "without", address: "192.168.0.32", userData: { packages: [] } });
  const running = await stage.powerOn(without);
  await stage.says("without", "cloud-init: finished");
  expect(running.agent()).toBeUndefined();
});

test.each([
  ["another MAC", networkConfig("bc:24:11:00:00:02", "192.168.0.31")],
  ["no YAML", "version: ["],
  ["an address without a prefix", networkConfig("bc:24:11:00:00:01", "192.168.0.31").replace("/24", "")],
])("a machine whose network-config has %s has no address and installs nothing", async (_, broken) => {
  const powered = machine({ name: "m", address: "192.168.0.31", networkConfig: broken });
  await stage.powerOn(powered);
  await stage.says("m", "Temporary failure resolving");
});

test("a machine without a default route downloads nothing", async () => {
  const config = networkConfig("bc:24:11:00:00:01", "192.168.0.31").replace(
    "via: 192.168.0.1",
    "via: 10.0.0.1",
  );
  const runcmd = ["curl --silent --show-error --fail https://github.com/"];
  await stage.powerOn(
    machine({ name: "m", address: "192.168.0.31", networkConfig: config, userData: { runcmd } }),
  );
  await stage.says("m", "502");
});

test("two running machines with one address are a violation", async () => {
  await boot({});
  await stage.powerOn(machine({ name: "twin", address: "192.168.0.31" }));
  expect(stage.room.inspect().violations).toEqual(["address 192.168.0.31 belongs to m and to twin"]);
});

test("an empty disk falls through to nothing, and nothing runs", async () => {
  const { running } = await boot({}, { disks: new Map([["scsi0", { kind: "empty" }]]) });
  expect(stage.view("m").console).toEqual(["No bootable device."]);
  expect(running.agent()).toBeUndefined();
});

test("power off ends what the machine's scripts started, also in the background", async () => {
  const { powered, running } = await boot({
    runcmd: ["(tail -f /dev/null & echo $! > /pid) >/dev/null 2>&1", "tail -f /dev/null"],
  });
  const pid = await eventually(
    () =>
      existsSync(join(rootOf(powered), "pid"))
        ? Number(readFileSync(join(rootOf(powered), "pid"), "utf8")) || undefined
        : undefined,
    () => stage.view("m"),
  );
  expect(process.kill(pid, 0)).toBe(true);
  await running.powerOff();
  await eventually(
    () =>
      !existsSync(`/proc/${pid}`) ||
      /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8")) ||
      undefined,
    () => pid,
  );
});

test.each([
  ["its cloud-config says so", { power_state: { mode: "poweroff" } }],
  ["a command of it says so", { runcmd: ["poweroff"] }],
])("a machine switches itself off when %s, and nothing of it answers any more", async (_, userData) => {
  let told = 0;
  const powered = machine({ name: "m", address: "192.168.0.31", userData });
  const running = await new Promise<RunningMachine>((resolve, reject) => {
    const started = stage.room.powerOn(powered, () => {
      told += 1;
      started.then(resolve, reject);
    });
  });
  expect(running.agent()).toBeUndefined();
  await running.powerOff();
  expect(told).toBe(1);
});
