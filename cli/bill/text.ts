import type { Bill, ClusterBill, HostBill, Share } from "../../placement/bill";
import type { StoreBill } from "../../placement/stores";
import { table } from "../table";
import { lossText } from "./loss-text";
import { memoryText } from "./memory-text";

/** billText for a terminal of 100 columns: hosts, stores, clusters, then what is left when a host is lost. */
export function billText({ hosts, stores, clusters, total, losses }: Bill): string {
  const several = clusters.length > 1;
  const share = { cores: total.cores, memory: total.memory, disk: total.disk };
  return [
    table([
      ["HOST", "MACHINES", "CORES", "MEMORY", "DISK", "ADDRESSES"],
      ...hosts.map(hostRow),
      hostRow({ name: "total", machines: total.machines, addresses: machineAddresses(clusters), ...share }),
    ]),
    table([["STORE", "HOST", "MACHINES", "TEMPLATES", "OF"], ...stores.map(storeRow)]),
    table([
      ["CLUSTER", "SERVERS", "WORKERS", "LOAD BALANCERS", "CORES", "MEMORY", "DISK", "ADDRESSES"],
      ...clusters.map(clusterRow),
      ...(several ? [totalRow(total)] : []),
    ]),
    losses.map((loss) => lossText(loss, several)).join(""),
  ].join("\n");
}

function machineAddresses(clusters: readonly ClusterBill[]): number {
  return clusters.reduce((total, { addresses }) => total + addresses.machines, 0);
}

type HostRow = Pick<HostBill, "name" | "machines" | "cores" | "overcommit" | "memory" | "disk" | "addresses">;

function hostRow({ name, machines, cores, overcommit, memory, disk, addresses }: HostRow): string[] {
  const declared = overcommit === undefined ? "" : ` (${Math.round(overcommit * 100)}% declared)`;
  return [
    name,
    String(machines),
    `${cores.asked} of ${cores.has}, ${percent(cores)}${declared}`,
    `${memoryText(memory.asked)} of ${memoryText(memory.has)}, ${percent(memory)}`,
    `${disk} GiB`,
    String(addresses),
  ];
}

function storeRow({ store, host, machines, templates, has }: StoreBill): string[] {
  const asked = machines + templates;
  return [
    store,
    host ?? "shared",
    `${machines} GiB`,
    `${templates} GiB`,
    has === undefined ? "not said" : `${has} GiB, ${percent({ asked, has })}`,
  ];
}

function clusterRow({ name, servers, workers, loadBalancers, addresses, ...asked }: ClusterBill): string[] {
  const { machines, api, services } = addresses;
  return [
    name,
    ...[servers, workers, loadBalancers, asked.cores].map(String),
    memoryText(asked.memory),
    `${asked.disk} GiB`,
    `${machines + api + services}, ${services} for Services`,
  ];
}

function totalRow({ cores, memory, disk, addresses }: Bill["total"]): string[] {
  const asked = [String(cores.asked), memoryText(memory.asked), `${disk} GiB`, String(addresses)];
  return ["total", "", "", "", ...asked];
}

function percent({ asked, has }: Share): string {
  return `${Math.round((asked / has) * 100)}%`;
}
