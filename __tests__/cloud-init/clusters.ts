import type { Cluster, TemplateVm } from "../../config/model";
import { resolve } from "../../config/resolve";
import home from "../../cluster";
import ha from "../../examples/ha";
import iso from "../../examples/iso";
import { agentUserData } from "../../cloud-init/agent";
import { installerMetaData, installerNetworkConfig, installerUserData } from "../../cloud-init/installer";
import { metaData, networkConfig } from "../../cloud-init/seed";
import { serverUserData } from "../../cloud-init/server";

/** Rendered is the drive of one machine. */
export interface Rendered {
  readonly cluster: string;
  readonly machine: string;
  readonly userData: string;
  readonly metaData: string;
  readonly networkConfig: string;
}

/** examples by name, and what no example sets: labels, taints, a search domain, large packets, IPIP, a first server as API, a pin. */
export const examples: Readonly<Record<string, Cluster>> = {
  home: clusterOf(home),
  ha: clusterOf(ha),
  iso: clusterOf(iso),
  lab: clusterOf({
    ...home,
    name: "lab",
    network: { ...home.network, searchDomain: "home.arpa", mtu: 9000 },
    api: { address: "192.168.0.21", through: "first-server" },
    rke2: {
      version: "v1.37.0+rke2r1",
      cni: { calico: { encapsulation: "IPIP" } },
      sha256: "0".repeat(64),
      initialise: "allowed",
    },
    workers: { ...home.workers, labels: { "example.com/disk": "ssd" }, taints: ["gpu=yes:NoSchedule"] },
  }),
};

export function clusterOf(literal: unknown): Cluster {
  const [cluster] = resolve([literal]).model.clusters;
  if (cluster === undefined) throw new Error("one literal resolves to one cluster");
  return cluster;
}

/** rendered, every machine of a cluster, the installers of its templates included. */
export function rendered(cluster: Cluster): Rendered[] {
  const seed = (node: Cluster["servers"][number] | Cluster["workers"][number]) => ({
    cluster: cluster.name,
    machine: node.name,
    metaData: metaData(node),
    networkConfig: networkConfig(cluster, node),
  });
  return [
    ...cluster.servers.map((node) => ({ ...seed(node), userData: serverUserData(cluster, node) })),
    ...cluster.workers.map((node) => ({ ...seed(node), userData: agentUserData(cluster, node) })),
    ...cluster.template.vms.filter((vm) => vm.installer !== undefined).map((vm) => installer(cluster, vm)),
  ];
}

export const everything = Object.values(examples).flatMap(rendered);

function installer(cluster: Cluster, vm: TemplateVm): Rendered {
  return {
    cluster: cluster.name,
    machine: `installer-${vm.host.name}`,
    userData: installerUserData(cluster, vm),
    metaData: installerMetaData(cluster, vm),
    networkConfig: installerNetworkConfig(cluster, vm),
  };
}
