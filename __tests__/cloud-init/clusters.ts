import type { Cluster, Machine, TemplateVm } from "../../config/model";
import { resolve } from "../../config/resolve";
import home from "../../cluster";
import airGap from "../../examples/air-gap";
import ha from "../../examples/ha";
import haHaproxy from "../../examples/ha-haproxy";
import hardened from "../../examples/hardened";
import iso from "../../examples/iso";
import { agentUserData } from "../../cloud-init/agent";
import { installerMetaData, installerNetworkConfig, installerUserData } from "../../cloud-init/installer";
import { loadBalancerUserData } from "../../cloud-init/load-balancer";
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

/** examples by name, and what no example sets: labels, a search domain, large packets, IPIP, a first server as API, a pin, Longhorn, no snapshots. */
export const examples: Readonly<Record<string, Cluster>> = {
  home: clusterOf(home),
  ha: clusterOf(ha),
  "ha-haproxy": clusterOf(haHaproxy),
  iso: clusterOf(iso),
  "air-gap": clusterOf(airGap),
  hardened: clusterOf(hardened),
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
      systemDefaultRegistry: "registry.example.com",
    },
    servers: { ...home.servers, etcd: { snapshots: false } },
    workers: {
      ...home.workers,
      labels: { "example.com/disk": "ssd" },
      taints: ["gpu=yes:NoSchedule"],
      arguments: { kubelet: { "feature-gates": ["A=true", "B=false"] } },
    },
    storage: "longhorn",
  }),
};

export function clusterOf(literal: unknown): Cluster {
  const [cluster] = resolve([literal]).model.clusters;
  if (cluster === undefined) throw new Error("one literal resolves to one cluster");
  return cluster;
}

/** rendered, every machine of a cluster, those in front of it and the installers of its templates included. */
export function rendered(cluster: Cluster): Rendered[] {
  const { api } = cluster;
  const seed = (node: Machine) => ({
    cluster: cluster.name,
    machine: node.name,
    metaData: metaData(node),
    networkConfig: networkConfig(cluster, node),
  });
  return [
    ...cluster.servers.map((node) => ({ ...seed(node), userData: serverUserData(cluster, node) })),
    ...cluster.workers.map((node) => ({ ...seed(node), userData: agentUserData(cluster, node) })),
    ...(api.through === "haproxy"
      ? api.loadBalancers.map((node) => ({
          ...seed(node),
          userData: loadBalancerUserData(cluster, api, node),
        }))
      : []),
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
