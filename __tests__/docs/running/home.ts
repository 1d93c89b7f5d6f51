import { defineCluster } from "../../../config/define-cluster";

/** The cluster of the how-to pages: what day two is about, and nothing besides. */
export default defineCluster({
  name: "home",
  proxmox: {
    endpoint: "https://192.168.0.10:8006/",
    hosts: {
      pve1: { address: "192.168.0.11", cores: 32, memory: "128 GiB", storage: { "local-lvm": "2 TiB" } },
      pve2: { address: "192.168.0.12", cores: 32, memory: "128 GiB", storage: { "local-lvm": "2 TiB" } },
      pve3: { address: "192.168.0.13", cores: 32, memory: "128 GiB", storage: { "local-lvm": "2 TiB" } },
    },
    bridge: "vmbr0",
    disks: "local-lvm",
    images: "local",
    snippets: "local",
    pool: "home",
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
  servers: {
    count: 3,
    first: "192.168.0.21",
    on: ["pve1", "pve2", "pve3"],
    cores: 4,
    memory: "8 GiB",
    disk: "60 GiB",
  },
  workers: {
    count: 2,
    first: "192.168.0.31",
    on: ["pve1", "pve2", "pve3"],
    cores: 4,
    memory: "8 GiB",
    disk: "80 GiB",
  },
  rke2: { version: "v1.36.5+rke2r1", cni: "canal" },
  api: { address: "192.168.0.20", through: "kube-vip" },
  loadBalancer: { addresses: "192.168.0.240-192.168.0.250" },
  ingress: { controller: "traefik", address: "192.168.0.240" },
});
