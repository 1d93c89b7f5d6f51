import { randomUUID } from "node:crypto";
import { died, reasonOf } from "../api/api-error";
import type { Call } from "../api/call";
import type { Parameters } from "../api/parameters";
import { isDriveName } from "../properties/drive";
import { normalizeNet, randomMac } from "../properties/net";
import { storedValue } from "../properties/options";
import { createDisks, isDisk } from "./create-disks";
import { checkDrives, checkOptionPrivileges, checkValues } from "./option-checks";
import { drivesOf, printBootOrder, type Vm } from "./vm";

/** createVm answers POST /nodes/{node}/qemu: the refusals first, then a qmcreate task. */
export function createVm(call: Call): string {
  const { cluster, node, vmId } = call;
  const pool = call.parameters.text("pool");
  if (pool !== undefined) cluster.pool(pool);
  call.checkVm(vmId, ["VM.Allocate"], pool);
  const parameters = call.parameters.without(...REQUEST_ONLY);
  const options = parameters.entries();
  checkDrives(call, vmId, options);
  checkOptionPrivileges(call, vmId, parameters.names(), pool);
  checkValues(call, vmId, options, pool);

  const existing = cluster.vms.get(vmId);
  if (existing)
    throw died(`unable to create VM ${vmId} - VM ${vmId} already exists on node '${existing.host}'`);
  const vm: Vm = { id: vmId, host: node, config: new Map([["lock", "create"]]) };
  cluster.vms.set(vmId, vm);
  const remove = (): void => {
    cluster.vms.delete(vmId);
  };
  return call.startTask(
    "qmcreate",
    vmId,
    (log) => {
      try {
        const drives = options.filter(([name]) => isDriveName(name));
        const created = createDisks(cluster, vm, drives, log);
        const config = configOf(parameters, created);
        vm.config.clear();
        for (const [name, value] of config) vm.config.set(name, value);
        if (pool !== undefined) cluster.pool(pool).vms.add(vmId);
      } catch (error) {
        remove();
        throw died(`unable to create VM ${vmId} - ${reasonOf(error)}`);
      }
    },
    remove,
  );
}

const REQUEST_ONLY = ["node", "vmid", "pool", "start", "force", "unique", "bwlimit", "storage"];

function configOf(parameters: Parameters, drives: ReadonlyMap<string, string>): Map<string, string> {
  const config = new Map<string, string>();
  for (const [name, value] of parameters.entries()) {
    if (isDriveName(name)) continue;
    config.set(name, /^net\d+$/.test(name) ? normalizeNet(value, randomMac) : storedValue(name, value));
  }
  if (config.get("template") === "0") config.delete("template");
  for (const [name, value] of drives) config.set(name, value);
  if (!config.has("boot")) config.set("boot", printBootOrder(defaultBootDevices(config)));
  if (!config.has("smbios1")) config.set("smbios1", `uuid=${randomUUID()}`);
  if (!config.has("vmgenid")) config.set("vmgenid", randomUUID());
  config.set("meta", `creation-qemu=10.1.2,ctime=${Math.floor(Date.now() / 1000)}`);
  return new Map([...config].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** defaultBootDevices: the first disk, the first CD drive, the first network card. */
function defaultBootDevices(config: ReadonlyMap<string, string>): string[] {
  const drives = drivesOf(config).filter(([name]) => !["efidisk0", "tpmstate0"].includes(name));
  const disk = drives.find(([, drive]) => isDisk(drive));
  const cdrom = drives.find(([, drive]) => drive.options.get("media") === "cdrom");
  const net = [...config.keys()].filter((name) => /^net\d+$/.test(name)).sort()[0];
  return [disk?.[0], cdrom?.[0], net].filter((device) => device !== undefined);
}
