import { defineCluster } from "../config/define-cluster";

/**
 * Disks on a store that every host sees: one template serves all, and so does one copy of image and snippets. Volumes of
 * pods are folders of their node's disk, and lie on that store with it.
 */
export default defineCluster({
  name: "shared",
  proxmox: {
    endpoint: "https://192.168.0.10:8006/",
    hosts: {
      pve1: { address: "192.168.0.11", cores: 16, memory: "64 GiB", storage: {} },
      pve2: { address: "192.168.0.12", cores: 16, memory: "64 GiB", storage: {} },
      pve3: { address: "192.168.0.13", cores: 16, memory: "64 GiB", storage: {} },
    },
    sharedStorage: { rbd: "4 TiB", nfs: "500 GiB" },
    bridge: "vmbr0",
    disks: "rbd",
    images: "nfs",
    snippets: "nfs",
    pool: "shared",
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
    general: {
      count: 2,
      first: "192.168.0.31",
      on: ["pve1", "pve2"],
      cores: 4,
      memory: "8 GiB",
      disk: "80 GiB",
    },
    gpu: {
      count: 1,
      first: "192.168.0.41",
      on: ["pve3"],
      cores: 8,
      memory: "32 GiB",
      disk: "200 GiB",
      labels: { "example.com/accelerator": "gpu" },
      taints: ["example.com/accelerator=gpu:NoSchedule"],
    },
  },
  rke2: { version: "v1.36.5+rke2r1", cni: "canal" },
  api: { address: "192.168.0.20", through: "kube-vip" },
  loadBalancer: { addresses: "192.168.0.240-192.168.0.250" },
  ingress: { controller: "traefik", address: "192.168.0.240" },
  storage: "local-path",
  services: {
    notes: {
      kind: "StatefulSet",
      image: "docker.io/traefik/whoami:v1.11.0",
      env: { WHOAMI_PORT_NUMBER: "8080", WHOAMI_NAME: "notes" },
      port: 8080,
      probes: { readiness: { http: "/health" } },
      volumes: { data: { size: "5 GiB", mount: "/data" } },
    },
  },
});
