import { belongsTo, changesOf, countsOf, describeChange } from "../../../lab/rehearse/plan";
import { engineError } from "../../../lab/engine/engine-error";

const planJson = JSON.stringify({
  resource_changes: [
    change("proxmox_virtual_environment_vm.worker-4", ["create"]),
    change("proxmox_virtual_environment_vm.worker-1", ["no-op"]),
    change("proxmox_virtual_environment_file.worker-1_user-data_00AA", ["delete", "create"]),
    change("proxmox_virtual_environment_pool.pool", ["update"]),
    { ...change("data.proxmox_datastores.local", ["read"]), mode: "data" },
  ],
});

test("what a plan leaves alone or only reads is no change", () => {
  const changes = changesOf("home-machines", planJson);
  expect(changes.map(describeChange)).toEqual([
    "home-machines: proxmox_virtual_environment_vm.worker-4 (create)",
    "home-machines: proxmox_virtual_environment_file.worker-1_user-data_00AA (delete and create)",
    "home-machines: proxmox_virtual_environment_pool.pool (update)",
  ]);
});

test("a replacement counts as one added and one destroyed", () => {
  expect(countsOf(changesOf("home-machines", planJson))).toEqual({ add: 2, change: 1, destroy: 1 });
});

test("a plan without any resource has no change", () => {
  expect(changesOf("home-identity", "{}")).toEqual([]);
});

test("worker-1's resources are not taken for those of worker-10, nor the other way", () => {
  expect(belongsTo("worker-1", "proxmox_virtual_environment_vm.worker-1")).toBe(true);
  expect(belongsTo("worker-1", "null_resource.worker-1_ready_6E6C7E10")).toBe(true);
  expect(belongsTo("worker-1", "null_resource.worker-10_ready_6E6C7E10")).toBe(false);
  expect(belongsTo("worker-10", "proxmox_virtual_environment_vm.worker-1")).toBe(false);
});

test("an engine's error is shown from its first line, without what came before", () => {
  const output = "home  Refreshing state...\nhome  Error: no such host\n\n      with null_resource.x\n";
  expect(engineError(output)).toBe("home  Error: no such host\n\n      with null_resource.x");
  expect(engineError("killed\n")).toBe("killed");
});

function change(address: string, actions: string[]) {
  return { address, mode: "managed", type: address.split(".")[0], change: { actions } };
}
