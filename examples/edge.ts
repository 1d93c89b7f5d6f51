import { defineCluster } from "../config/define-cluster";

/**
 * A proxy in front that serves two domains: several routes on one host, a wildcard, TLS that ends at both proxies, one
 * host for the LAN only, a name that leads to another, one that answers 404, a game's port. `inside.test.com` is
 * reachable inside only, and the proxy says so.
 */
export default defineCluster({
  name: "edge",
  proxmox: {
    endpoint: "https://192.168.0.10:8006/",
    hosts: {
      pve1: { address: "192.168.0.11", cores: 16, memory: "64 GiB", storage: { "local-lvm": "900 GiB" } },
    },
    bridge: "vmbr0",
    disks: "local-lvm",
    images: "local",
    snippets: "local",
    pool: "edge",
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
    shop: {
      image: "docker.io/traefik/whoami:v1.11.0",
      env: { WHOAMI_PORT_NUMBER: "8080", WHOAMI_NAME: "shop" },
      port: 8080,
      replicas: 2,
      probes: { readiness: { http: "/health" } },
    },
    files: {
      image: "docker.io/traefik/whoami:v1.11.0",
      env: { WHOAMI_PORT_NUMBER: "8080", WHOAMI_NAME: "files" },
      port: 8080,
      replicas: 2,
      probes: { readiness: { http: "/health" } },
    },
    game: {
      image: "docker.io/traefik/whoami:v1.11.0",
      env: { WHOAMI_PORT_NUMBER: "7777", WHOAMI_NAME: "game" },
      port: 7777,
      replicas: 2,
      probes: { readiness: { http: "/health" } },
      expose: { type: "LoadBalancer", address: "192.168.0.241" },
    },
  },
  issuers: { internal: { selfSigned: true } },
  certificates: {
    "test.com": { fromVariable: "test_com" },
    "example.org": { fromVariable: "example_org" },
    "bank.test.com": { issuer: "internal" },
  },
  routes: [
    {
      host: "shop.test.com",
      paths: { "/": "shop" },
      edge: { certificate: "test.com", timeouts: { read: "5m" } },
    },
    {
      host: "shop.test.com",
      paths: { "/files": "files" },
      edge: { certificate: "test.com", timeouts: { read: "5m" } },
    },
    { host: "*.test.com", paths: { "/": "shop" }, edge: { certificate: "test.com" } },
    {
      host: "bank.test.com",
      tls: "bank.test.com",
      paths: { "/": "shop" },
      edge: { certificate: "test.com" },
    },
    {
      host: "admin.test.com",
      paths: { "/": "shop" },
      edge: { certificate: "test.com", allow: ["192.168.0.0/24"] },
    },
    { host: "example.org", paths: { "/": "files" }, edge: { certificate: "example.org" } },
    { host: "inside.test.com", paths: { "/": "files" } },
  ],
  edge: {
    nginxProxyManager: { url: "http://192.168.0.100:81", address: "192.168.0.100" },
    redirections: { "www.example.org": { to: "example.org", certificate: "example.org" } },
    notFound: {
      "old.test.com": { certificate: "test.com" },
      "inside.test.com": { certificate: "test.com" },
    },
    streams: { game: { port: 7777, to: { service: "game" } } },
  },
  accept: {
    "edge/wildcard-covers": "each of these hosts has settings of its own",
    "edge/upstream-unverified": "the bank's auditors want TLS on every wire",
    "edge/stream-hides-visitor": "the game keeps no list of addresses",
  },
});
