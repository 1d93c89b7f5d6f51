import { defineCluster } from "../config/define-cluster";

/**
 * An API outside under a name inside. `navi` is an ExternalName: pods that ask http://navi reach
 * apis-navi.kakaomobility.com, but they have to speak TLS to that name, not to `navi`: its certificate is for the real
 * one. The workload therefore gets the real name to put into SNI and the Host header, and its key from a Secret whose
 * value is in TF_VAR_navi_api_key and nowhere else.
 */
export default defineCluster({
  name: "external",
  proxmox: {
    endpoint: "https://192.168.0.10:8006/",
    hosts: {
      pve1: { address: "192.168.0.11", cores: 16, memory: "64 GiB", storage: { "local-lvm": "900 GiB" } },
    },
    bridge: "vmbr0",
    disks: "local-lvm",
    images: "local",
    snippets: "local",
    pool: "external",
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
  secrets: { "navi-key": { keys: { "api-key": "navi_api_key" } } },
  services: {
    navi: { external: "apis-navi.kakaomobility.com", port: 443 },
    trips: {
      image: "docker.io/traefik/whoami:v1.11.0",
      env: {
        WHOAMI_PORT_NUMBER: "8080",
        NAVI_ADDRESS: "navi.apps.svc.cluster.local:443",
        NAVI_TLS_NAME: "apis-navi.kakaomobility.com",
        NAVI_API_KEY: { secret: "navi-key", key: "api-key" },
      },
      port: 8080,
      replicas: 2,
      probes: { readiness: { http: "/health" } },
    },
  },
  routes: [{ host: "trips.test.com", paths: { "/": "trips" } }],
});
