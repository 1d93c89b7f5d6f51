import { defineCluster } from "../config/define-cluster";

/**
 * A new version for one visitor in ten, and for everybody who asks for it by a header. Requests that a pod loses are
 * tried again at another, none may take longer than five seconds, and a pod that fails three times rests. Written for
 * Traefik and Istio; docs/reference/engines.md says what the others lack.
 */
export default defineCluster({
  name: "canary",
  proxmox: {
    endpoint: "https://192.168.0.10:8006/",
    hosts: {
      pve1: { address: "192.168.0.11", cores: 16, memory: "64 GiB", storage: { "local-lvm": "900 GiB" } },
    },
    bridge: "vmbr0",
    disks: "local-lvm",
    images: "local",
    snippets: "local",
    pool: "canary",
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
    stable: {
      image: "docker.io/traefik/whoami:v1.11.0",
      env: { WHOAMI_PORT_NUMBER: "8080", WHOAMI_NAME: "stable" },
      port: 8080,
      replicas: 2,
      probes: { readiness: { http: "/health" } },
    },
    next: {
      image: "docker.io/traefik/whoami:v1.11.0",
      env: { WHOAMI_PORT_NUMBER: "8080", WHOAMI_NAME: "next" },
      port: 8080,
      replicas: 2,
      probes: { readiness: { http: "/health" } },
    },
  },
  routes: [
    {
      host: "shop.test.com",
      paths: {
        "/": {
          to: { stable: 90, next: 10 },
          when: [{ headers: { "x-canary": "always" }, to: "next" }],
        },
      },
      retries: { attempts: 2 },
      timeouts: { request: "5s" },
      circuitBreaker: { failures: 3, pause: "10s" },
    },
  ],
});
