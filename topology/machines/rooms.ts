import { machinesOf } from "../../config/load-balancers";
import type { Cluster, Host, Machine } from "../../config/model";
import { mib, printMiB } from "../../config/units";
import { counted } from "../../config/words";
import { bounds, folded } from "../bounds";
import type { Room } from "../picture";
import { boxesFor, type LeadingRole, leadingRoles } from "./boxes";

/**
 * roomsOf a cluster: hosts that have machines of it, in the order of the file. Of many, those without servers and load
 * balancers are one room.
 */
export function roomsOf(cluster: Cluster): Room[] {
  const machines = machinesOf(cluster);
  const used = cluster.proxmox.hosts.filter((host) =>
    machines.some((machine) => machine.host.name === host.name),
  );
  const leading = new Set(machines.filter(({ role }) => role !== "agent").map(({ host }) => host.name));
  const leadingFirst = used.toSorted((a, b) => Number(leading.has(b.name)) - Number(leading.has(a.name)));
  const shown = new Set(folded(leadingFirst, Math.max(bounds.hosts, leading.size + 1)).shown);
  const columns = leadingRoles.filter((role) => machines.some((machine) => machine.role === role));
  const rest = used.filter((host) => !shown.has(host));
  return [
    ...used.filter((host) => shown.has(host)).map((host) => roomOf(host, machines, columns)),
    ...(rest.length === 0 ? [] : [restOf(rest, machines, columns)]),
  ];
}

function roomOf(host: Host, machines: readonly Machine[], columns: readonly LeadingRole[]): Room {
  const own = machines.filter((machine) => machine.host.name === host.name);
  return {
    id: `host-${host.name}`,
    kind: "room",
    title: host.name,
    note: host.address,
    used: usedOf([host], own),
    ...boxesFor(own, columns, bounds.machines),
  };
}

function restOf(hosts: readonly Host[], machines: readonly Machine[], columns: readonly LeadingRole[]): Room {
  const own = machines.filter(({ host }) => hosts.some(({ name }) => name === host.name));
  return {
    id: "hosts-more",
    kind: "room",
    title: `and ${counted(hosts.length, "more host")}`,
    note: `${hosts[0]?.name ?? ""} to ${hosts.at(-1)?.name ?? ""}`,
    used: usedOf(hosts, own),
    ...boxesFor(own, columns, 0),
  };
}

function usedOf(hosts: readonly Host[], machines: readonly Machine[]): string {
  const cores = `${sumOf(machines, "cores")} of ${sumOf(hosts, "cores")} cores`;
  return `${cores}, ${printMiB(mib(sumOf(machines, "memory")))} of ${printMiB(mib(sumOf(hosts, "memory")))}`;
}

function sumOf(things: readonly Pick<Host, "cores" | "memory">[], amount: "cores" | "memory"): number {
  return things.reduce((total, thing) => total + thing[amount], 0);
}
