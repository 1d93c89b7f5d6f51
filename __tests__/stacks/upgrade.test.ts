import { resolve } from "../../config/resolve";
import { home } from "../clusters/home";
import { stackNamed, synthesize } from "./synthesized";

const at = (version: string) => synthesize(resolve([{ ...home, rke2: { ...home.rke2, version } }]).model);
const [before, after] = [at("v1.36.5+rke2r1"), at("v1.36.6+rke2r1")];

function changedIn(stack: string): readonly string[] {
  const [old, now] = [stackNamed(before, stack).blocks, stackNamed(after, stack).blocks];
  const addresses = [...new Set([...old.keys(), ...now.keys()])];
  return addresses.filter((address) => JSON.stringify(old.get(address)) !== JSON.stringify(now.get(address)));
}

test("another rke2.version changes documents for machines to come, and no machine, gate or secret", () => {
  const types = changedIn("home-machines").map((address) => address.replace(/\..*/, ""));
  expect([...new Set(types)]).toEqual(["proxmox_virtual_environment_file"]);
});

test("another rke2.version changes the two upgrade plans, and nothing else that runs", () => {
  expect(changedIn("home-network").map((address) => address.replace(/_\w{8}$/, ""))).toEqual([
    "kubernetes_manifest.upgrade-agent-plan",
    "kubernetes_manifest.upgrade-server-plan",
  ]);
  expect(["home-identity", "home-platform", "home-edge"].flatMap(changedIn)).toEqual([]);
});
