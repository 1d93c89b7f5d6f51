import { defineCluster } from "../config/define-cluster";

/** Three servers on three hosts: any one host may stop and the API, etcd, the workloads and their volumes go on. */
export default defineCluster({
  name: "ha",
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
    pool: "ha",
  },
  network: {
    nodes: "192.168.0.0/24",
    gateway: "192.168.0.1",
    dns: ["192.168.0.1", "192.168.0.2"],
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
    dedicated: true,
  },
  workers: {
    count: 3,
    first: "192.168.0.31",
    on: ["pve1", "pve2", "pve3"],
    cores: 8,
    memory: "16 GiB",
    disk: "120 GiB",
  },
  rke2: { version: "v1.36.5+rke2r1", cni: "cilium" },
  api: { address: "192.168.0.20", through: "kube-vip" },
  storage: "longhorn",
  loadBalancer: { addresses: "192.168.0.240-192.168.0.250" },
  ingress: { controller: "traefik", address: "192.168.0.240" },
  edge: { nginxProxyManager: { url: "http://192.168.0.100:81", address: "192.168.0.100" } },
});
