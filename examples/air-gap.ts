import { defineCluster } from "../config/define-cluster";

/** registryAuthority signed the certificate of the house's registry; it is public. */
const registryAuthority = `
-----BEGIN CERTIFICATE-----
MIIBmjCCAT+gAwIBAgIUYpqlb8U7nsc+hFOIyKKptUfx7v0wCgYIKoZIzj0EAwIw
IjEgMB4GA1UEAwwXcmVnaXN0cnkuZXhhbXBsZS5jb20gQ0EwHhcNMjYxMTIxMTg1
MzA0WhcNMzYxMTE4MTg1MzA0WjAiMSAwHgYDVQQDDBdyZWdpc3RyeS5leGFtcGxl
LmNvbSBDQTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABOmOAv4SNAYRzRxSbfW7
PQJXjxC+FX8SZdELIjFiqLSUq78qYnvRQT2VMaUZKWxaaZ/X85bv81grb2E9aVda
6K2jUzBRMB0GA1UdDgQWBBQ49o7miECyct4aQXtuE0u96Lpj6TAfBgNVHSMEGDAW
gBQ49o7miECyct4aQXtuE0u96Lpj6TAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49
BAMCA0kAMEYCIQD2/S7BZJaiH8DqxDidyT6S2O+tcPUOZvxsynRfBUQ2HAIhAJ0Q
xqnj85gwAcC4lsicPTvCd/SkaMCgfzqA0tWd2/CX
-----END CERTIFICATE-----
`.trimStart();

/** Machines without the internet: RKE2 from a folder in the house, images from its registry, packages through a proxy. */
export default defineCluster({
  name: "air-gap",
  proxmox: {
    endpoint: "https://192.168.0.10:8006/",
    hosts: {
      pve1: { address: "192.168.0.11", cores: 16, memory: "64 GiB", storage: { "local-lvm": "900 GiB" } },
      pve2: { address: "192.168.0.12", cores: 16, memory: "64 GiB", storage: { "local-lvm": "900 GiB" } },
    },
    bridge: "vmbr0",
    disks: "local-lvm",
    images: "local",
    snippets: "local",
    pool: "air-gap",
  },
  network: {
    nodes: "192.168.0.0/24",
    gateway: "192.168.0.1",
    dns: ["192.168.0.1"],
    dhcp: "192.168.0.50-192.168.0.99",
    pods: "172.29.0.0/16",
    services: "172.30.0.0/16",
    proxy: { url: "http://192.168.0.2:3128", except: [".example.com"] },
  },
  template: { cloudImage: "ubuntu-24.04" },
  servers: { count: 1, first: "192.168.0.21", on: ["pve1"], cores: 4, memory: "8 GiB", disk: "60 GiB" },
  workers: {
    count: 2,
    first: "192.168.0.31",
    on: ["pve1", "pve2"],
    cores: 4,
    memory: "8 GiB",
    disk: "80 GiB",
  },
  rke2: {
    version: "v1.36.5+rke2r1",
    cni: "canal",
    artifacts: { from: "https://artifacts.example.com/rke2" },
    registries: {
      // images of every registry lie in the house's under their own names, those of Docker Hub in a project
      mirrors: {
        "docker.io": {
          endpoint: ["https://registry.example.com:5000"],
          rewrite: { "^(.*)$": "docker-hub/$1" },
        },
        "*": { endpoint: ["https://registry.example.com:5000"] },
      },
      configs: {
        "registry.example.com:5000": {
          auth: { username: "machines", password: { fromVariable: "registry_password" } },
          tls: { ca: registryAuthority },
        },
      },
    },
    embeddedRegistry: true,
  },
  api: { address: "192.168.0.20", through: "kube-vip" },
  loadBalancer: { addresses: "192.168.0.240-192.168.0.250" },
  ingress: { controller: "traefik", address: "192.168.0.240" },
});
