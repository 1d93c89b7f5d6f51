import { defineCluster } from "../../../config/define-cluster";

const storage = { "local-lvm": "2 TiB", library: "100 GiB" } as const;

/** Differences, what the shapes of the cluster differ in. */
interface Differences {
  /** struck, how many of the machines that faults strike. */
  readonly struck: number;
  readonly cores: number;
  readonly memory: `${number} GiB`;
  readonly labels: Readonly<Record<string, string>>;
  readonly dns: string[];
}

/** clusterWith is the least that has both roles, on a host each, unprotected so that every machine can be made again. */
export const clusterWith = ({ struck, cores, memory, labels, dns }: Differences) =>
  defineCluster({
    name: "faults",
    protect: false,
    proxmox: {
      endpoint: "https://192.168.0.10:8006/",
      hosts: {
        pve1: { address: "192.168.0.11", cores: 32, memory: "128 GiB", storage },
        pve2: { address: "192.168.0.12", cores: 32, memory: "128 GiB", storage },
      },
      bridge: "vmbr0",
      disks: "local-lvm",
      images: "library",
      snippets: "local",
      pool: "faults",
    },
    network: {
      nodes: "192.168.0.0/24",
      gateway: "192.168.0.1",
      dns,
      dhcp: "192.168.0.50-192.168.0.99",
      pods: "172.29.0.0/16",
      services: "172.30.0.0/16",
    },
    template: { cloudImage: "ubuntu-24.04" },
    servers: { count: 1, first: "192.168.0.21", on: ["pve1"], cores: 2, memory: "6 GiB", disk: "60 GiB" },
    workers: {
      steady: { count: 1, first: "192.168.0.31", on: ["pve2"], cores: 2, memory: "4 GiB", disk: "40 GiB" },
      struck: { count: struck, first: "192.168.0.41", on: ["pve2"], cores, memory, disk: "40 GiB", labels },
    },
    rke2: { version: "v1.36.5+rke2r1", cni: "canal" },
    api: { address: "192.168.0.20", through: "kube-vip" },
    loadBalancer: { addresses: "192.168.0.240-192.168.0.250" },
  });
