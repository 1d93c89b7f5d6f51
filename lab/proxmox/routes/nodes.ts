import type { Call } from "../api/call";
import type { Route } from "../api/router";
import type { Cluster } from "../cluster";
import { GIB } from "../properties/size";
import { VERSION } from "../version";

export const nodeRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/nodes",
    run: (call) => call.cluster.site.hosts.map(({ name }) => nodeRow(call.cluster, name)),
  },
  { method: "GET", path: "/nodes/{node}/status", run: nodeStatus },
  { method: "GET", path: "/nodes/{node}/network", run: networks },
  {
    method: "GET",
    path: "/nodes/{node}/version",
    run: (call) => versionOf(call.cluster, call.node),
  },
];

/** versionOf a host's own packages. */
function versionOf(cluster: Cluster, host: string): Record<string, string> {
  const version = cluster.versions.get(host) ?? VERSION.version;
  return { ...VERSION, version, release: version.replace(/\.\d+$/, "") };
}

const CPUS = 32;
const MEMORY = 128 * GIB;

export function nodeRow(cluster: Cluster, name: string): Record<string, unknown> {
  const online = !cluster.down.has(name);
  return {
    node: name,
    id: `node/${name}`,
    type: "node",
    status: online ? "online" : "offline",
    level: "",
    ssl_fingerprint: Array.from({ length: 32 }, () => "AB").join(":"),
    ...(online
      ? {
          cpu: 0.01,
          maxcpu: CPUS,
          mem: 4 * GIB,
          maxmem: MEMORY,
          disk: 8 * GIB,
          maxdisk: 64 * GIB,
          uptime: 86_400,
        }
      : {}),
  };
}

function nodeStatus(call: Call): unknown {
  call.check(`/nodes/${call.node}`, "Sys.Audit");
  return {
    uptime: 86_400,
    cpu: 0.01,
    cpuinfo: {
      cores: CPUS / 2,
      cpus: CPUS,
      hvm: "1",
      mhz: "3000.000",
      model: "AMD EPYC",
      sockets: 1,
      user_hz: 100,
      flags: "",
    },
    memory: { total: MEMORY, used: 4 * GIB, free: MEMORY - 4 * GIB },
    swap: { total: 0, used: 0, free: 0 },
    rootfs: { total: 64 * GIB, used: 8 * GIB, free: 56 * GIB, avail: 56 * GIB },
    kversion: "Linux 6.17.2-1-pve #1 SMP",
    "current-kernel": { machine: "x86_64", release: "6.17.2-1-pve", sysname: "Linux", version: "#1 SMP" },
    loadavg: ["0.01", "0.02", "0.03"],
    pveversion: "pve-manager/9.2.3/8e6fd8bd4b8ed1ab",
  };
}

/** networks: the bridges; the first one carries the host's own address and gateway. */
function networks(call: Call): unknown {
  const { address = "" } = call.cluster.site.hosts.find((host) => host.name === call.node) ?? {};
  const gateway = address.replace(/\.\d+$/, ".1");
  return call.cluster.site.bridges.map((iface, index) => ({
    iface,
    type: "bridge",
    method: index === 0 ? "static" : "manual",
    method6: "manual",
    families: ["inet"],
    active: 1,
    autostart: 1,
    priority: index + 3,
    bridge_fd: "0",
    bridge_stp: "off",
    bridge_ports: `nic${index}`,
    ...(index === 0 ? { address, netmask: "24", cidr: `${address}/24`, gateway } : {}),
  }));
}
