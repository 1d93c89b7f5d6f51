import { defineCluster } from "../config/define-cluster";

/**
 * Without an ingress: the service answers on port 30080 of every node. A router or another proxy has to know the
 * nodes, and one that goes down takes its share of visitors with it.
 */
export default defineCluster({
  name: "nodeport",
  proxmox: {
    endpoint: "https://192.168.0.10:8006/",
    hosts: {
      pve1: { address: "192.168.0.11", cores: 16, memory: "64 GiB", storage: { "local-lvm": "900 GiB" } },
    },
    bridge: "vmbr0",
    disks: "local-lvm",
    images: "local",
    snippets: "local",
    pool: "nodeport",
  },
  network: {
    nodes: "192.168.0.0/24",
    gateway: "192.168.0.1",
    dns: ["192.168.0.1"],
    pods: "172.29.0.0/16",
    services: "172.30.0.0/16",
  },
  template: { cloudImage: "ubuntu-24.04" },
  servers: { count: 1, first: "192.168.0.21", on: ["pve1"], cores: 4, memory: "8 GiB", disk: "60 GiB" },
  workers: { count: 2, first: "192.168.0.31", on: ["pve1"], cores: 4, memory: "8 GiB", disk: "80 GiB" },
  rke2: { version: "v1.36.5+rke2r1" },
  api: { address: "192.168.0.20", through: "kube-vip" },
  loadBalancer: { addresses: "192.168.0.240-192.168.0.250" },
  services: {
    hello: {
      image: "docker.io/traefik/whoami:v1.11.0",
      env: { WHOAMI_PORT_NUMBER: "8080", WHOAMI_NAME: "hello" },
      port: 8080,
      replicas: 2,
      probes: { readiness: { http: "/health" } },
      expose: { type: "NodePort", nodePort: 30080 },
    },
  },
});
