import type { Cluster } from "../../../../config/model";
import { hostNamesOf } from "../../../../constructs/proxmox-uses";
import { type Finding, note, ok, problem, unchecked } from "../../finding";
import { failureOf } from "../../reading";
import type { HostRow, Inside } from "./answers";

/** hostFindings: each host of the file is one of Proxmox's, and online if a machine is on it. */
export function hostFindings(cluster: Cluster, { hosts }: Inside): Finding[] {
  if (hosts.kind !== "read") return [unchecked("hosts", failureOf(hosts))];
  const used = new Set(hostNamesOf(cluster));
  return cluster.proxmox.hosts.map(({ name }) => hostFinding(name, used.has(name), hosts.value));
}

function hostFinding(name: string, isUsed: boolean, rows: readonly HostRow[]): Finding {
  const row = rows.find(({ node }) => node === name);
  const where = `proxmox.hosts.${name}`;
  if (row === undefined) {
    const names = rows.map(({ node }) => node);
    return problem("doctor/no-host", where, {
      found: `Proxmox has no host ${name}; it has ${names.join(", ")}`,
      why: "machines are made on hosts by Proxmox's own names for them",
      fix: "use Proxmox's own host names in proxmox.hosts",
    });
  }
  if (row.status === "online") return ok(`${name} is online`);
  if (!isUsed) return note(`${name} is ${row.status}; no machine of the file is on it`);
  return problem("doctor/host-offline", where, {
    found: `${name} is ${row.status}`,
    why: "its machines are gone with it, and a plan stops while it is",
    fix: "bring the host back, or move its machines to another host in cluster.ts",
  });
}
