import { defineCluster } from "../../config/define-cluster";
import type { Cluster } from "../../config/model";
import { resolve } from "../../config/resolve";

/** Air gap of the boot test: the folder that releases lie in, and the digest of the one that lies there. */
export interface Artifacts {
  readonly from: string;
  readonly sha256: string;
}

/**
 * shortCluster of a boot test: kube-vip, and everything else as a file leaves it. It has three servers, for etcd has
 * no majority of two; the third is never switched on.
 */
export function shortCluster(artifacts: Artifacts): Cluster {
  return clusterOf({ ...base, rke2: rke2(artifacts), api: { address: "192.168.0.20", through: "kube-vip" } });
}

/** fullCluster has two machines with HAProxy in front instead. */
export function fullCluster(artifacts: Artifacts): Cluster {
  return clusterOf({
    ...base,
    rke2: rke2(artifacts),
    api: {
      address: "192.168.0.20",
      through: "haproxy",
      loadBalancers: { first: "192.168.0.18", on: ["pve1", "pve2"] },
    },
  });
}

/** branchCluster, number n: three servers that are not there, whose addresses no other cluster has. */
export function branchCluster(n: number, initialise: "first-day" | "allowed"): Cluster {
  const first = 100 + 4 * n;
  return clusterOf({
    ...base,
    servers: { ...base.servers, first: `192.168.0.${first + 1}` },
    rke2: { version, cni: "canal", initialise },
    api: { address: `192.168.0.${first}`, through: "kube-vip" },
  });
}

const version = "v1.36.5+rke2r1";

function rke2({ from, sha256 }: Artifacts) {
  return { version, cni: "canal", sha256, artifacts: { from, images: false } };
}

const base = defineCluster({
  name: "boot",
  proxmox: {
    endpoint: "https://192.168.0.10:8006/",
    hosts: {
      pve1: { address: "192.168.0.11", cores: 16, memory: "64 GiB", storage: { "local-lvm": "900 GiB" } },
      pve2: { address: "192.168.0.12", cores: 16, memory: "64 GiB", storage: { "local-lvm": "900 GiB" } },
      pve3: { address: "192.168.0.13", cores: 16, memory: "64 GiB", storage: { "local-lvm": "900 GiB" } },
    },
    bridge: "vmbr0",
    disks: "local-lvm",
    images: "local",
    snippets: "local",
    pool: "boot",
  },
  network: {
    nodes: "192.168.0.0/24",
    gateway: "192.168.0.1",
    dns: ["192.168.0.1"],
    pods: "172.29.0.0/16",
    services: "172.30.0.0/16",
  },
  template: { cloudImage: "ubuntu-24.04" },
  servers: {
    count: 3,
    first: "192.168.0.21",
    on: ["pve1", "pve2", "pve3"],
    cores: 4,
    memory: "8 GiB",
    disk: "60 GiB",
  },
  workers: {
    count: 1,
    first: "192.168.0.31",
    on: ["pve1"],
    cores: 4,
    memory: "8 GiB",
    disk: "80 GiB",
    labels: { "example.com/disk": "ssd" },
  },
  rke2: { version, cni: "canal" },
  api: { address: "192.168.0.20", through: "kube-vip" },
  loadBalancer: { addresses: "192.168.0.240-192.168.0.250" },
});

function clusterOf(literal: unknown): Cluster {
  const [cluster] = resolve([literal], "the boot test's cluster").model.clusters;
  if (cluster === undefined) throw new Error("one literal resolves to one cluster");
  return cluster;
}
