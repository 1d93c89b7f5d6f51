import type { Cluster } from "../../../../config/model";
import { clusterTag, plannedVmsOf } from "../../../../constructs/proxmox-uses";
import { type Finding, ok, problem, unchecked } from "../../finding";
import { failureOf } from "../../reading";
import type { Inside, VmRow } from "./answers";
import { holds } from "./privileges";

/** vmIdFindings: no stranger has an id that the cluster takes; a container counts as well. */
export function vmIdFindings(cluster: Cluster, inside: Inside): Finding[] {
  const { vms } = inside;
  if (vms.kind !== "read") return [unchecked("used VM ids", failureOf(vms))];
  if (!holds(inside, "/vms", "VM.Audit"))
    return [unchecked("used VM ids", "the credential may not see every VM: VM.Audit on /vms")];
  const planned = plannedVmsOf(cluster);
  const taken = planned.flatMap((plan) => {
    const row = vms.value.find(({ vmid }) => vmid === plan.vmId);
    return row === undefined ? [] : [{ row, isOurs: isOurs(cluster, plan.name, row) }];
  });
  const strangers = taken.filter((one) => !one.isOurs).map(({ row }) => stranger(row));
  if (strangers.length > 0) return strangers;
  const ours = taken.length === 0 ? "none is taken" : `${taken.length} taken by this cluster's own`;
  return [ok(`${planned.length} VM ids: ${ours}, none by others`)];
}

/** runningServers of the cluster that Proxmox has; undefined = it could not be asked. */
export function runningServers(cluster: Cluster, inside: Inside | undefined): readonly string[] | undefined {
  if (inside?.vms.kind !== "read" || !holds(inside, "/vms", "VM.Audit")) return undefined;
  const rows = inside.vms.value;
  return cluster.servers.flatMap(({ name, vmId, vmName }) => {
    const row = rows.find(({ vmid }) => vmid === vmId);
    const runs = row !== undefined && row.status === "running" && isOurs(cluster, vmName, row);
    return runs ? [name] : [];
  });
}

/** isOurs: a clone has its name from the first moment, and its tags only when it is configured. */
function isOurs({ name: cluster }: Cluster, name: string, row: VmRow): boolean {
  return row.name === name || row.tags.split(/[;, ]/).includes(clusterTag(cluster));
}

function stranger({ vmid, name, node }: VmRow): Finding {
  return problem("doctor/vm-id-taken", "proxmox.vmIds", {
    found: `VM ${vmid} is already another VM, ${name === "" ? "without a name" : name} on ${node}`,
    why: "a machine of the cluster would take its place; a plan refuses that",
    fix: "choose another range with proxmox.vmIds in cluster.ts, or remove that VM",
  });
}
