import { spawnSync } from "node:child_process";
import { installerMetaData } from "../../cloud-init/installer";
import { everything, examples } from "./clusters";
import { readUserData } from "./read-document";
import { skipped } from "../skipped";

const { iso, home } = examples;
const installer = everything.find((each) => each.machine === "installer-pve1");
const [confirmation] = readUserData(installer?.userData ?? "").bootcmd;

/** A mount namespace of its own, so that the real /proc/cmdline and /run stay as they are. */
const apart = ["--mount", "sh", "-c"];
const reason = "unshare --mount needs root";

if (spawnSync("unshare", [...apart, "true"]).status === 0) {
  test("the live system's kernel command line says autoinstall, and not in what curtin copies to the disk", () => {
    const script = `mount -t tmpfs none /run && ${String(confirmation)} && cat /proc/cmdline`;
    const before = spawnSync("cat", ["/proc/cmdline"], { encoding: "utf8" }).stdout;
    const { stdout, stderr } = spawnSync("unshare", [...apart, script], { encoding: "utf8" });
    expect(stderr).toBe("");
    expect(stdout).toBe(`autoinstall ${before.trimEnd()}\n`);
  });
} else {
  skipped("the live system's kernel command line says autoinstall", reason);
}

test("two installers of a cluster are two instances, on their own card each", () => {
  const installers = everything.filter((each) => each.machine.startsWith("installer-"));
  expect(installers.length).toBe(2);
  expect(new Set(installers.map((each) => each.metaData)).size).toBe(2);
  expect(new Set(installers.map((each) => each.networkConfig)).size).toBe(2);
  expect(new Set(installers.map((each) => each.userData)).size).toBe(1);
});

test("an installer is another instance than every node cloned from what it installed", () => {
  const nodes = everything.filter((each) => each.cluster === "iso" && !each.machine.startsWith("installer-"));
  const ids = iso?.template.vms.map((vm) => installerMetaData(iso, vm)) ?? [];
  for (const id of ids) expect(nodes.map((node) => node.metaData)).not.toContain(id);
});

test("refuses to answer an installer for a template that has none", () => {
  const [vm] = home?.template.vms ?? [];
  expect(() => home && vm && installerMetaData(home, vm)).toThrow("has no installer: it is a cloud image");
});
