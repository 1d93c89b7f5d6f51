import { defineCluster } from "../config/define-cluster";

/** Hardened by the CIS benchmark: servers for the control plane alone, requests written down, snapshots in a store elsewhere. */
export default defineCluster({
  name: "hardened",
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
    pool: "hardened",
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
    dedicated: true,
    etcd: {
      snapshots: {
        schedule: "0 */6 * * *",
        retention: 8,
        compress: true,
        s3: {
          endpoint: "s3.example.com",
          bucket: "etcd-snapshots",
          accessKey: { fromVariable: "snapshots_access_key" },
          secretKey: { fromVariable: "snapshots_secret_key" },
        },
      },
    },
    arguments: {
      kubelet: { "event-qps": "0" },
      "kube-apiserver": { "request-timeout": "300s", "tls-min-version": "VersionTLS12" },
      "kube-controller-manager": { "terminated-pod-gc-threshold": "10" },
    },
  },
  workers: {
    count: 3,
    first: "192.168.0.31",
    on: ["pve1", "pve2", "pve3"],
    cores: 8,
    memory: "16 GiB",
    disk: "120 GiB",
    arguments: { kubelet: { "event-qps": "0", "max-pods": "200" } },
  },
  rke2: { version: "v1.36.5+rke2r1", cni: "canal", profile: "cis", audit: "request" },
  api: { address: "192.168.0.20", through: "kube-vip" },
  loadBalancer: { addresses: "192.168.0.240-192.168.0.250" },
  ingress: { controller: "traefik", address: "192.168.0.240" },
});
