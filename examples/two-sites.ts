import { defineCluster } from "../config/define-cluster";

/**
 * Two sites on one address. By host: a.com and b.com. By path: a.com/a and a.com/b lead to services of their own. Both
 * have TLS from the cluster's own authority, and plain HTTP is sent to HTTPS.
 */
export default defineCluster({
  name: "sites",
  proxmox: {
    endpoint: "https://192.168.0.10:8006/",
    hosts: {
      pve1: { address: "192.168.0.11", cores: 16, memory: "64 GiB", storage: { "local-lvm": "900 GiB" } },
    },
    bridge: "vmbr0",
    disks: "local-lvm",
    images: "local",
    snippets: "local",
    pool: "sites",
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
  ingress: { controller: "traefik", address: "192.168.0.240" },
  services: {
    "site-a": {
      image: "docker.io/traefik/whoami:v1.11.0",
      env: { WHOAMI_PORT_NUMBER: "8080", WHOAMI_NAME: "site-a" },
      port: 8080,
      replicas: 2,
      probes: { readiness: { http: "/health" } },
    },
    "site-b": {
      image: "docker.io/traefik/whoami:v1.11.0",
      env: { WHOAMI_PORT_NUMBER: "8080", WHOAMI_NAME: "site-b" },
      port: 8080,
      replicas: 2,
      probes: { readiness: { http: "/health" } },
    },
    a: {
      image: "docker.io/traefik/whoami:v1.11.0",
      env: { WHOAMI_PORT_NUMBER: "8080", WHOAMI_NAME: "a" },
      port: 8080,
      replicas: 2,
      probes: { readiness: { http: "/health" } },
    },
    b: {
      image: "docker.io/traefik/whoami:v1.11.0",
      env: { WHOAMI_PORT_NUMBER: "8080", WHOAMI_NAME: "b" },
      port: 8080,
      replicas: 2,
      probes: { readiness: { http: "/health" } },
    },
  },
  issuers: { internal: { selfSigned: true } },
  certificates: {
    "a.com": { issuer: "internal" },
    "b.com": { issuer: "internal" },
  },
  routes: [
    { host: "a.com", tls: "a.com", paths: { "/": "site-a", "/a": "a", "/b": "b" } },
    { host: "b.com", tls: "b.com", paths: { "/": "site-b" } },
  ],
});
