import { existsSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { cloudConfig, createStage, machine, rootOf, type Stage } from "./stage";
import type { PoweredMachine } from "../../../lab/machine";

jest.setTimeout(30_000);

const dhcp = {
  addresses: ["192.168.0.60", "192.168.0.61"],
  prefix: 24,
  gateway: "192.168.0.1",
  nameservers: ["192.168.0.1"],
};
let stage: Stage;
beforeEach(async () => {
  stage = await createStage({ dhcp });
});
afterEach(() => stage.close());

const confirmed = 'printf "autoinstall" > /run/line && mount --bind /run/line /proc/cmdline';
const clean = [
  ["curtin", "in-target", "--", "cloud-init", "clean", "--machine-id"],
  "rm -f /target/etc/cloud/cloud.cfg.d/*installer* /target/etc/cloud/cloud.cfg.d/subiquity* /target/etc/cloud/ds-identify.cfg /target/etc/netplan/00-installer-config.yaml",
];
const answers = {
  version: 1,
  packages: ["qemu-guest-agent"],
  "user-data": { users: [] },
  "late-commands": clean,
  shutdown: "poweroff",
};

/** installer is a VM with an empty disk, Ubuntu's ISO behind it and a cloud-init drive. */
function installer(userData: object, name = "installer"): PoweredMachine {
  const base = machine({ name, address: "" });
  return {
    ...base,
    bootOrder: ["scsi0", "ide3"],
    disks: new Map([["scsi0", { kind: "empty" }]]),
    isos: new Map([["ide3", "local:iso/home-ubuntu.iso"]]),
    seed: {
      metaData: stringify({ "instance-id": name }),
      userData: cloudConfig(userData),
      networkConfig: stringify({
        version: 2,
        ethernets: { nic: { match: { macaddress: base.nics[0]?.mac }, dhcp4: true } },
      }),
    },
  };
}

function cloneOf(powered: PoweredMachine, name: string, address: string, mac: string): PoweredMachine {
  const content = powered.disks.get("scsi0");
  if (content === undefined) throw new Error("no disk");
  return machine({ name, address, mac, disk: stage.room.copy(content), userData: { packages: [] } });
}

test("a confirmed installation writes the disk, switches off, and its clones have their own address and the agent", async () => {
  const powered = installer({ bootcmd: [["sh", "-c", confirmed]], autoinstall: answers });
  await stage.powersItselfOff(powered);
  expect(powered.disks.get("scsi0")).toMatchObject({
    kind: "system",
    system: { guestAgent: true, installerLeftovers: [] },
  });
  const clones = [
    cloneOf(powered, "a", "192.168.0.31", "BC:24:11:00:00:0A"),
    cloneOf(powered, "b", "192.168.0.32", "BC:24:11:00:00:0B"),
  ];
  const running = await Promise.all(clones.map((clone) => stage.powerOn(clone)));
  expect(running.map((one) => one.agent()?.[1]?.addresses[0]?.address)).toEqual([
    "192.168.0.31",
    "192.168.0.32",
  ]);
  expect(stage.room.inspect().violations).toEqual([]);
});

test("the installed disk boots before the ISO", async () => {
  const powered = installer({ bootcmd: [["sh", "-c", confirmed]], autoinstall: answers });
  await stage.powersItselfOff(powered);
  await stage.powerOn(powered);
  await stage.says("installer", "cloud-init: finished");
});

test("refuses to install while nobody confirmed", async () => {
  const powered = installer({ autoinstall: answers });
  await stage.powerOn(powered);
  await stage.says("installer", "Continue with autoinstall? (yes|no)");
  expect(powered.disks.get("scsi0")).toEqual({ kind: "empty" });
});

test.each([
  ["without autoinstall", { autoinstall: undefined }, "no autoinstall"],
  [
    "with neither identity nor user-data",
    { autoinstall: { ...answers, "user-data": undefined } },
    "identity or user-data",
  ],
  ["of another version", { autoinstall: { ...answers, version: 2 } }, "version"],
  ["whose late command fails", { autoinstall: { ...answers, "late-commands": ["false"] } }, "late-commands"],
])("refuses an installation %s", async (_, change, message) => {
  await stage.powerOn(installer({ bootcmd: [["sh", "-c", confirmed]], ...change }));
  await stage.says("installer", message);
});

test("refuses packages where nobody leases an address", async () => {
  await stage.close();
  stage = await createStage();
  await stage.powerOn(installer({ bootcmd: [["sh", "-c", confirmed]], autoinstall: answers }));
  await stage.says("installer", "no network");
});

test("a clone of an installation that left its files ignores its own network-config and cloud-init drive", async () => {
  const powered = installer({
    bootcmd: [["sh", "-c", confirmed]],
    autoinstall: { ...answers, "late-commands": [] },
  });
  await stage.powersItselfOff(powered);
  expect(powered.disks.get("scsi0")).toMatchObject({
    system: {
      installerLeftovers: expect.arrayContaining(["/etc/cloud/cloud.cfg.d/99-installer.cfg"]) as unknown,
    },
  });
  const clone = cloneOf(powered, "a", "192.168.0.31", "BC:24:11:00:00:0A");
  const running = await stage.powerOn(clone);
  expect(running.agent()?.[1]?.addresses[0]?.address).not.toBe("192.168.0.31");
  expect(stage.view("a").console).toEqual([]);
});

test("a clone that only finds the installer's network file runs cloud-init without its own network-config", async () => {
  const some = { ...answers, "late-commands": ["rm /target/etc/cloud/cloud.cfg.d/99-installer.cfg"] };
  const powered = installer({ bootcmd: [["sh", "-c", confirmed]], autoinstall: some });
  await stage.powersItselfOff(powered);
  const running = await stage.powerOn(cloneOf(powered, "a", "192.168.0.31", "BC:24:11:00:00:0A"));
  await stage.says("a", "cloud-init: finished");
  expect(running.agent()?.[1]?.addresses.map(({ address }) => address)).toEqual(["192.168.0.61"]);
});

test("clones that share a machine-id are a violation", async () => {
  const keepsId = { ...answers, "late-commands": clean.slice(1) };
  const powered = installer({ bootcmd: [["sh", "-c", confirmed]], autoinstall: keepsId });
  await stage.powersItselfOff(powered);
  await stage.powerOn(cloneOf(powered, "a", "192.168.0.31", "BC:24:11:00:00:0A"));
  await stage.powerOn(cloneOf(powered, "b", "192.168.0.32", "BC:24:11:00:00:0B"));
  expect(stage.room.inspect().violations.join()).toMatch(/machine-id 1+ belongs to a and to b/);
});

test("a discarded disk's files are gone, its copy's are not", async () => {
  const powered = installer({ bootcmd: [["sh", "-c", confirmed]], autoinstall: answers });
  await stage.powersItselfOff(powered);
  const content = powered.disks.get("scsi0");
  if (content === undefined) throw new Error("no disk");
  const [root, copy] = [rootOf(powered), stage.room.copy(content)];
  stage.room.discard(content);
  expect(existsSync(root)).toBe(false);
  expect(copy.kind === "system" && existsSync(join(copy.system.root ?? "", "etc"))).toBe(true);
});
