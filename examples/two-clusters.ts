import { defineCluster } from "../config/define-cluster";

/** Two clusters on the same hosts: own pools, ranges, VM ids; their stacks are deployed one cluster after the other. */
const hosts = {
  pve1: { address: "192.168.0.11", cores: 16, memory: "64 GiB", storage: { "local-lvm": "900 GiB" } },
  pve2: { address: "192.168.0.12", cores: 16, memory: "64 GiB", storage: { "local-lvm": "900 GiB" } },
} as const;

const blue = defineCluster({
  name: "blue",
  proxmox: {
    endpoint: "https://192.168.0.10:8006/",
    hosts,
    bridge: "vmbr0",
    disks: "local-lvm",
    images: "local",
    snippets: "local",
    pool: "blue",
  },
  network: {
    nodes: "192.168.0.0/24",
    gateway: "192.168.0.1",
    dns: ["192.168.0.1"],
    dhcp: "192.168.0.50-192.168.0.99",
    pods: "172.28.0.0/16",
    services: "172.29.0.0/16",
  },
  template: { cloudImage: "ubuntu-24.04" },
  servers: { count: 1, first: "192.168.0.21", on: ["pve1"], cores: 2, memory: "6 GiB", disk: "60 GiB" },
  workers: {
    count: 2,
    first: "192.168.0.31",
    on: ["pve1", "pve2"],
    cores: 4,
    memory: "8 GiB",
    disk: "80 GiB",
  },
  rke2: { version: "v1.36.5+rke2r1", cni: "canal" },
  api: { address: "192.168.0.20", through: "kube-vip" },
  loadBalancer: { addresses: "192.168.0.240-192.168.0.245" },
  ingress: { controller: "traefik", address: "192.168.0.240" },
});

const green = defineCluster({
  name: "green",
  proxmox: {
    endpoint: "https://192.168.0.10:8006/",
    hosts,
    bridge: "vmbr0",
    disks: "local-lvm",
    images: "local",
    snippets: "local",
    pool: "green",
    vmIds: { templates: 9100 },
  },
  network: {
    nodes: "192.168.0.0/24",
    gateway: "192.168.0.1",
    dns: ["192.168.0.1"],
    dhcp: "192.168.0.50-192.168.0.99",
    pods: "172.30.0.0/16",
    services: "172.31.0.0/16",
  },
  template: { cloudImage: "ubuntu-24.04" },
  servers: { count: 1, first: "192.168.0.121", on: ["pve2"], cores: 2, memory: "6 GiB", disk: "60 GiB" },
  workers: {
    count: 2,
    first: "192.168.0.131",
    on: ["pve2", "pve1"],
    cores: 4,
    memory: "8 GiB",
    disk: "80 GiB",
  },
  rke2: { version: "v1.35.7+rke2r1", cni: "canal" },
  api: { address: "192.168.0.120", through: "kube-vip" },
  loadBalancer: { addresses: "192.168.0.246-192.168.0.250" },
  ingress: { controller: "traefik", address: "192.168.0.246" },
});

export default [blue, green];
