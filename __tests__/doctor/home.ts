import { defineCluster } from "../../config/define-cluster";

const storage = { "local-lvm": "900 GiB", library: "100 GiB" } as const;

/** What a doctor has all its questions about: two hosts, a store for each use, a certificate, a proxy in front. */
export default defineCluster({
  name: "home",
  proxmox: {
    endpoint: "https://192.168.0.10:8006/",
    hosts: {
      pve1: { address: "192.168.0.11", cores: 16, memory: "64 GiB", storage },
      pve2: { address: "192.168.0.12", cores: 16, memory: "64 GiB", storage },
    },
    bridge: "vmbr0",
    disks: "local-lvm",
    images: "library",
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
  servers: { count: 1, first: "192.168.0.21", on: ["pve1"], cores: 4, memory: "8 GiB", disk: "60 GiB" },
  workers: { count: 1, first: "192.168.0.31", on: ["pve2"], cores: 4, memory: "8 GiB", disk: "60 GiB" },
  rke2: { version: "v1.36.5+rke2r1", cni: "canal" },
  api: { address: "192.168.0.20", through: "kube-vip" },
  loadBalancer: { addresses: "192.168.0.240-192.168.0.250" },
  ingress: { controller: "traefik", address: "192.168.0.240" },
  services: { hello: { image: "docker.io/traefik/whoami:v1.11.0", port: 80 } },
  certificates: { "test.com": { fromVariable: "test_com" } },
  routes: [{ host: "main.test.com", paths: { "/": "hello" }, edge: { certificate: "test.com" } }],
  edge: { nginxProxyManager: { url: "http://192.168.0.100:81", address: "192.168.0.100" } },
});
