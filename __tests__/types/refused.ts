import { defineCluster } from "../../config/define-cluster";

/** What an editor shows in red: the line below each directive, for the word in it. Read by refused.test.ts, never run. */

const hosts = {
  pve1: { address: "192.168.0.11", cores: 16, memory: "64 GiB", storage: { "local-lvm": "900 GiB" } },
  pve2: { address: "192.168.0.12", cores: 16, memory: "64 GiB", storage: { tank: "2 TiB" } },
} as const;

const proxmox = {
  endpoint: "https://192.168.0.10:8006/",
  hosts,
  bridge: "vmbr0",
  disks: "local-lvm",
  images: "local",
  snippets: "local",
  pool: "home",
} as const;

const network = {
  nodes: "192.168.0.0/24",
  gateway: "192.168.0.1",
  dns: ["192.168.0.1"],
  pods: "172.29.0.0/16",
  services: "172.30.0.0/16",
};

const size = { cores: 4, memory: "8 GiB", disk: "80 GiB" } as const;

const rest = {
  name: "home",
  network,
  template: { cloudImage: "ubuntu-24.04" },
  rke2: { version: "v1.36.5+rke2r1" },
  api: { address: "192.168.0.20", through: "kube-vip" },
  loadBalancer: { addresses: "192.168.0.240-192.168.0.250" },
} as const;

const withoutApi = {
  name: "home",
  network,
  template: rest.template,
  rke2: rest.rke2,
  loadBalancer: rest.loadBalancer,
};

const servers = { count: 1, first: "192.168.0.21", on: ["pve1"], ...size } as const;
const workers = { count: 3, first: "192.168.0.31", on: ["pve1", "pve2"], ...size } as const;

export const sound = defineCluster({ ...rest, proxmox, servers, workers });
export const soundPools = defineCluster({
  ...rest,
  proxmox,
  servers,
  workers: { gpu: workers, general: workers },
});
export const soundStores = defineCluster({
  ...rest,
  proxmox: { ...proxmox, sharedStorage: { rbd: "4 TiB" }, disks: "rbd", images: "tank" },
  servers,
  workers,
});

export const serverOnUnknownHost = defineCluster({
  ...rest,
  proxmox,
  // @ts-expect-error: "pve3"
  servers: { count: 1, first: "192.168.0.21", on: ["pve3"], ...size },
  workers,
});

export const workerOnUnknownHost = defineCluster({
  ...rest,
  proxmox,
  servers,
  // @ts-expect-error: "pve-2"
  workers: { count: 1, first: "192.168.0.31", on: ["pve1", "pve-2"], ...size },
});

export const poolOnUnknownHost = defineCluster({
  ...rest,
  proxmox,
  servers,
  // @ts-expect-error: "pve9"
  workers: { gpu: { count: 1, first: "192.168.0.31", on: ["pve9"], ...size } },
});

export const unknownDisks = defineCluster({
  ...rest,
  // @ts-expect-error: "local-lmv"
  proxmox: { ...proxmox, disks: "local-lmv" },
  servers,
  workers,
});

export const unknownImages = defineCluster({
  ...rest,
  // @ts-expect-error: "iso-store"
  proxmox: { ...proxmox, images: "iso-store" },
  servers,
  workers,
});

export const unknownSnippets = defineCluster({
  ...rest,
  // @ts-expect-error: "nfs"
  proxmox: { ...proxmox, sharedStorage: { rbd: "4 TiB" }, snippets: "nfs" },
  servers,
  workers,
});

export const memoryWithoutUnit = defineCluster({
  ...rest,
  proxmox,
  // @ts-expect-error: GiB
  servers: { ...servers, memory: 8192 },
  workers,
});

export const diskInDecimalUnits = defineCluster({
  ...rest,
  proxmox,
  // @ts-expect-error: "60 GB"
  servers: { ...servers, disk: "60 GB" },
  workers,
});

export const unknownCni = defineCluster({
  ...rest,
  proxmox,
  servers,
  workers,
  // @ts-expect-error: "flannel"
  rke2: { version: "v1.36.5+rke2r1", cni: "flannel" },
});

export const unknownController = defineCluster({
  ...rest,
  proxmox,
  servers,
  workers,
  // @ts-expect-error: "haproxy"
  ingress: { controller: "haproxy", address: "192.168.0.240" },
});

export const unknownImage = defineCluster({
  ...rest,
  proxmox,
  servers,
  workers,
  // @ts-expect-error: "ubuntu-22.04"
  template: { cloudImage: "ubuntu-22.04" },
});

export const misspeltField = defineCluster({
  ...rest,
  proxmox,
  servers,
  workers,
  // @ts-expect-error: 'protekt'
  protekt: false,
});

// @ts-expect-error: 'api'
export const missingApi = defineCluster({ ...withoutApi, proxmox, servers, workers });
