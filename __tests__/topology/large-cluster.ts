import { resolve } from "../../config/resolve";
import type { Model } from "../../config/model";

/** largeCluster: 100 nodes in two pools on 12 hosts, 300 routes to 100 services behind the proxy, names of every length. */
export function largeCluster(): Model {
  const machine = { cores: 4, memory: "8 GiB", disk: "60 GiB" };
  return resolve([
    {
      name: "large",
      proxmox: {
        endpoint: "https://10.20.0.11:8006/",
        hosts: Object.fromEntries(hosts.map((name, index) => [name, hostOf(index)])),
        bridge: "vmbr0",
        disks: "local-lvm",
        images: "local",
        snippets: "local",
        pool: "large",
        vmIds: { nodes: 100_000 },
      },
      network: {
        nodes: "10.20.0.0/16",
        gateway: "10.20.0.1",
        dns: ["10.20.0.1"],
        pods: "10.64.0.0/12",
        services: "172.30.0.0/16",
      },
      template: { cloudImage: "ubuntu-24.04" },
      servers: { count: 3, first: "10.20.1.1", on: hosts.slice(4, 7), ...machine },
      workers: {
        general: { count: 73, first: "10.20.2.1", on: hosts, ...machine },
        gpu: { count: 24, first: "10.20.3.1", on: hosts.slice(0, 1), ...machine },
      },
      rke2: { version: "v1.36.5+rke2r1", cni: "canal" },
      api: {
        address: "10.20.0.5",
        through: "haproxy",
        loadBalancers: { first: "10.20.0.6", on: hosts.slice(8, 10) },
      },
      loadBalancer: { addresses: "10.20.250.1-10.20.250.250" },
      ingress: { controller: "traefik", address: "10.20.250.1" },
      services: Object.fromEntries(numbers(100).map((number) => [serviceOf(number), site])),
      certificates: { "test.com": { fromVariable: "test_com" } },
      routes: numbers(300).map((number) => ({
        host: `${"a-label-as-long-as-names-get-".repeat(number % 3)}${number}.test.com`,
        paths: { [`/${"folder/".repeat(number % 5)}`]: serviceOf(number % 100) },
        edge: { certificate: "test.com" },
      })),
      edge: { nginxProxyManager: { url: "http://10.20.0.100:81", address: "10.20.0.100" } },
    },
  ]).model;
}

const hosts = numbers(12).map((index) => `proxmox-${"in-the-cellar-".repeat(index % 3)}${index + 1}`);

const site = { image: "docker.io/traefik/whoami:v1.11.0", port: 8080, replicas: 2 };

function hostOf(index: number) {
  return {
    address: `10.20.0.${11 + index}`,
    cores: 256,
    memory: "1 TiB",
    storage: { "local-lvm": "100 TiB" },
  };
}

function serviceOf(number: number): string {
  return `${number % 2 === 0 ? "site" : "a-service-with-quite-a-name-for-itself"}-${number}`;
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}
