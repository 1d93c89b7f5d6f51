import type { Command } from "commander";
import { machinesOf } from "../config/load-balancers";
import type { Cluster } from "../config/model";
import type { AddressPool } from "../config/model/load-balancer";
import { printRange } from "../config/network";
import type { Ipv4 } from "../config/network";
import { insideOnly } from "../config/split-horizon";
import { clusterOption, type ClusterOption } from "./cluster-option";
import { asJson, jsonOption, type JsonOption } from "./json-option";
import { fileOnly, type KeysOf, manual } from "./manual";
import { table } from "./table";

interface Entry {
  readonly cluster: string;
  readonly name: string;
  readonly what: string;
  readonly address?: string;
  readonly mac?: string;
  readonly vmId?: number;
  readonly host?: string;
}

export function addAddresses(program: Command): void {
  const command = program
    .command("addresses")
    .description("list every name, address, MAC and VM id that the cluster takes")
    .addOption(clusterOption())
    .addOption(jsonOption())
    .action(async (options: ClusterOption & JsonOption) => {
      const { loadModel } = await import("../load-cluster");
      const entries = loadModel(options.cluster).model.clusters.flatMap(entriesOf);
      process.stdout.write(options.json ? asJson(entries) : printed(entries));
    });
  manual(command, {
    group: "look",
    needs: fileOnly,
    examples: [
      { line: "./slipway addresses", says: "the list to keep clear in the router's DHCP and in your notes" },
      {
        line: "./slipway addresses --json | jq -r '.[] | select(.what == \"server\") | .address'",
        says: "the servers' addresses, for a script",
      },
    ],
    json: { form: "an array of objects", keys },
  });
}

const keys: KeysOf<Entry> = {
  cluster: "name of the cluster",
  name: "name of the machine, template, pool or route",
  what: "what it is: server, worker, template, load balancer …",
  address: "IPv4 address or range; absent where it has none",
  mac: "MAC address of a machine",
  vmId: "VM id in Proxmox, a number",
  host: "Proxmox host that the machine is on",
};

function entriesOf(cluster: Cluster): Entry[] {
  const entries: Omit<Entry, "cluster">[] = [
    ...cluster.proxmox.hosts.map((host) => ({
      name: host.name,
      what: "Proxmox host",
      address: host.address,
    })),
    ...cluster.template.vms.flatMap((template) => {
      const { installer } = template;
      const host = template.host.name;
      return [
        ...(installer
          ? [{ name: installer.name, what: "installer", mac: installer.mac, vmId: installer.vmId, host }]
          : []),
        { name: template.name, what: "template", vmId: template.vmId, host },
      ];
    }),
    { name: "api", what: `Kubernetes API through ${cluster.api.through}`, address: cluster.api.address },
    ...machinesOf(cluster).map(({ name, role, address, mac, vmId, host }) => ({
      name,
      what: role,
      address,
      mac,
      vmId,
      host: host.name,
    })),
    ...cluster.loadBalancer.pools.flatMap((pool) => poolEntries(pool, cluster.ingress?.address)),
    ...(cluster.edge === undefined
      ? []
      : [{ name: "edge", what: "Nginx Proxy Manager", address: cluster.edge.address }]),
    ...insideOnly(cluster).map((host) => ({
      name: host,
      what: "route without an edge, inside only",
      ...(cluster.ingress === undefined ? {} : { address: cluster.ingress.address }),
    })),
  ];
  return entries.map((entry) => ({ cluster: cluster.name, ...entry }));
}

function poolEntries(
  { name, addresses, reserved }: AddressPool,
  ingress: Ipv4 | undefined,
): Omit<Entry, "cluster">[] {
  const pool = name === "default" ? "load balancer" : `load balancer ${name}`;
  return [
    ...reserved.map((address) =>
      address === ingress
        ? { name: "ingress", what: "every route", address }
        : { name: pool, what: "Services that ask for it", address },
    ),
    ...addresses.map((range) => ({ name: pool, what: "Services", address: printRange(range) })),
  ];
}

function printed(entries: readonly Entry[]): string {
  const head = ["CLUSTER", "NAME", "WHAT", "ADDRESS", "MAC", "VM ID", "HOST"];
  const rows = entries.map(({ cluster, name, what, address, mac, vmId, host }) => [
    cluster,
    name,
    what,
    address ?? "",
    mac ?? "",
    vmId?.toString() ?? "",
    host ?? "",
  ]);
  return table([head, ...rows]);
}
