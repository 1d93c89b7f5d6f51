import { defineCluster } from "../../../config/define-cluster";

const storage = { "local-lvm": "2 TiB", library: "100 GiB" } as const;

/** The least that has both roles, on two hosts; disks, images and snippets on a store each. */
export default defineCluster({
  name: "small",
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
    pool: "small",
  },
  network: {
    nodes: "192.168.0.0/24",
    gateway: "192.168.0.1",
    dns: ["192.168.0.1"],
    dhcp: "192.168.0.50-192.168.0.99",
    pods: "172.29.0.0/16",
    services: "172.30.0.0/16",
  },
  template: { cloudImage: "ubuntu-24.04" },
  servers: { count: 1, first: "192.168.0.21", on: ["pve1"], cores: 2, memory: "6 GiB", disk: "60 GiB" },
  workers: {
    count: 2,
    first: "192.168.0.31",
    on: ["pve1", "pve2"],
    cores: 2,
    memory: "4 GiB",
    disk: "40 GiB",
  },
  rke2: { version: "v1.36.5+rke2r1", cni: "canal" },
  api: { address: "192.168.0.20", through: "kube-vip" },
  loadBalancer: { addresses: "192.168.0.240-192.168.0.250" },
  ingress: { controller: "traefik", address: "192.168.0.240" },
});
