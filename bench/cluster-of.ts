import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * clusterOf writes a cluster file with three servers and this many nodes in all, on hosts that have room for them, with
 * a service for each node and three routes for each service.
 */
export function clusterOf(nodes: number): string {
  const folder = join(__dirname, "..", "build", "bench");
  const file = join(folder, `nodes-${nodes}.ts`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, `export default ${JSON.stringify(literalOf(nodes), null, 2)};\n`);
  return file;
}

const site = { image: "docker.io/traefik/whoami:v1.11.0", port: 8080, replicas: 2 };

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

function literalOf(nodes: number) {
  const hostNames = Array.from({ length: 10 }, (_, index) => `pve${index + 1}`);
  const hosts = hostNames.map((name, index) => [
    name,
    { address: `10.20.0.${11 + index}`, cores: 4096, memory: "16 TiB", storage: { "local-lvm": "400 TiB" } },
  ]);
  const machine = { on: hostNames, cores: 4, memory: "8 GiB", disk: "60 GiB" };
  return {
    name: "bench",
    proxmox: {
      endpoint: "https://10.20.0.11:8006/",
      hosts: Object.fromEntries(hosts),
      bridge: "vmbr0",
      disks: "local-lvm",
      images: "local",
      snippets: "local",
      pool: "bench",
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
    servers: { count: 3, first: "10.20.1.1", ...machine },
    workers: { count: nodes - 3, first: "10.20.2.1", ...machine },
    rke2: { version: "v1.36.5+rke2r1", cni: "canal" },
    api: { address: "10.20.0.5", through: "kube-vip" },
    loadBalancer: { addresses: "10.20.250.1-10.20.250.250" },
    ingress: { controller: "traefik", address: "10.20.250.1" },
    services: Object.fromEntries(numbers(nodes).map((number) => [`site-${number}`, site])),
    routes: numbers(3 * nodes).map((number) => ({
      host: `host-${number}.test.com`,
      paths: { "/": `site-${number % nodes}` },
    })),
  };
}
