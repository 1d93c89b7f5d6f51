import type { ClusterLiteral } from "../../../config/schema";

/** The cluster that runs; every other file here is this one after one edit. */
export const base = {
  name: "home",
  proxmox: {
    endpoint: "https://192.168.0.10:8006/",
    hosts: {
      pve1: { address: "192.168.0.11", cores: 32, memory: "128 GiB", storage: { "local-lvm": "900 GiB" } },
      pve2: { address: "192.168.0.12", cores: 32, memory: "128 GiB", storage: { "local-lvm": "900 GiB" } },
      pve3: { address: "192.168.0.13", cores: 32, memory: "128 GiB", storage: { "local-lvm": "900 GiB" } },
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
    on: ["pve1", "pve2"],
    cores: 4,
    memory: "8 GiB",
    disk: "80 GiB",
  },
  rke2: { version: "v1.35.7+rke2r1" },
  api: { address: "192.168.0.20", through: "kube-vip" },
  storage: "local-path",
  loadBalancer: { addresses: "192.168.0.240-192.168.0.250" },
  ingress: { controller: "traefik", address: "192.168.0.240" },
  services: {
    hello: { image: "docker.io/traefik/whoami:v1.11.0", port: 8080, replicas: 2 },
    shop: { image: "docker.io/traefik/whoami:v1.11.0", port: 8080, replicas: 2 },
    notes: {
      kind: "StatefulSet",
      image: "docker.io/traefik/whoami:v1.11.0",
      port: 8080,
      volumes: { data: { size: "5 GiB", mount: "/data" } },
    },
  },
  certificates: { "test.com": { fromVariable: "test_com" } },
  routes: [
    { host: "main.test.com", paths: { "/hello": "hello" }, edge: { certificate: "test.com" } },
    { host: "shop.test.com", paths: { "/": "shop" }, edge: { certificate: "test.com" } },
  ],
  edge: { nginxProxyManager: { url: "http://192.168.0.100:81", address: "192.168.0.100" } },
} satisfies ClusterLiteral;

export default base;
