import type { Cluster } from "./cluster";
import { LabState } from "./state";

/** leftovers names machines, volumes, pools and HA resources that are not the site's own. */
export function leftovers(cluster: Cluster, foreign: ReadonlySet<number>): string[] {
  const state = new LabState(cluster);
  const vms = state.vms().filter(({ id }) => !foreign.has(id));
  const volumes = state.volumes().filter(({ owner }) => owner === undefined || !foreign.has(owner));
  return [
    ...vms.map(({ id, name, host }) => `VM ${id} (${name}) on ${host}`),
    ...volumes.map(
      ({ volid, content, host }) => `${content} ${volid}${host === undefined ? "" : ` on ${host}`}`,
    ),
    ...state.pools().map(({ id }) => `pool ${id}`),
    ...[...cluster.haResources.keys()].map((sid) => `HA resource ${sid}`),
    ...[...cluster.haRules.keys()].map((rule) => `HA rule ${rule}`),
  ];
}
