import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Cluster } from "../../config/model";
import { ClusterProblems } from "../../config/problem";
import { resolve } from "../../config/resolve";
import { loadModel } from "../../load-cluster";
import { home, lab } from "../clusters/home";

const examples = readdirSync(join(__dirname, "../../examples")).map((file) => join("examples", file));

test.each(["cluster.ts", ...examples])("%s has no problem but unpinned downloads", (file) => {
  const codes = loadModel(file).warnings.map(({ code }) => code);
  expect(codes.filter((code) => !code.endsWith("/unpinned"))).toEqual([]);
});

describe("what the file leaves out is filled in", () => {
  const cluster = only(home);

  test("a cluster is protected, uses canal and initialises on its first day only", () => {
    expect(cluster.protect).toBe(true);
    expect(only({ ...home, rke2: { version: "v1.36.5+rke2r1" } }).rke2).toEqual({
      version: "v1.36.5+rke2r1",
      cni: { kind: "canal", mtu: 1450 },
      initialise: "first-day",
      registries: { mirrors: [], configs: [] },
      embeddedRegistry: false,
    });
  });

  test("nodes have names, addresses, hosts in turn, VM ids and MACs", () => {
    const told = [...cluster.servers, ...cluster.workers].map(
      ({ name, vmName, address, host, vmId, mac }) => {
        return [name, vmName, address, host.name, vmId, mac].join(" ");
      },
    );
    expect(told).toEqual([
      "server-1 home-server-1 192.168.0.21 pve1 1021 02:24:11:A8:00:15",
      "worker-1 home-worker-1 192.168.0.31 pve1 1031 02:24:11:A8:00:1F",
      "worker-2 home-worker-2 192.168.0.32 pve2 1032 02:24:11:A8:00:20",
      "worker-3 home-worker-3 192.168.0.33 pve1 1033 02:24:11:A8:00:21",
    ]);
  });

  test("sizes carry Proxmox's units: MiB of memory, GiB of disk", () => {
    expect(cluster.workers[0]).toMatchObject({ memory: 8192, disk: 80, cores: 4, labels: {}, taints: [] });
  });

  test("each host that has nodes has a template, and its nodes are cloned from it", () => {
    expect(cluster.template.vms.map(({ name, vmId }) => [name, vmId])).toEqual([
      ["home-template-pve1", 9011],
      ["home-template-pve2", 9012],
    ]);
    expect(cluster.workers.map(({ template }) => template.name)).toEqual([
      "home-template-pve1",
      "home-template-pve2",
      "home-template-pve1",
    ]);
  });

  test("image and snippets carry the cluster's name", () => {
    expect(cluster.template.source.fileName).toBe("home-ubuntu-24.04.qcow2");
    expect(cluster.servers[0]?.snippets).toEqual({
      userData: "home-server-1-user-data.yaml",
      metaData: "home-server-1-meta-data.yaml",
      networkConfig: "home-server-1-network-config.yaml",
    });
  });
});

test("a host without nodes gets no template", () => {
  const cluster = only({ ...home, workers: { ...home.workers, on: ["pve1"] } });
  expect(cluster.template.vms.map(({ host }) => host.name)).toEqual(["pve1"]);
});

test("a shared disk store needs one template, on the first host of the file", () => {
  const proxmox = { ...home.proxmox, disks: "rbd", sharedStorage: { rbd: "4 TiB" } };
  const workers = { ...home.workers, on: ["pve2"] };
  const cluster = only({ ...home, proxmox, servers: { ...home.servers, on: ["pve2"] }, workers });
  expect(cluster.proxmox.disks).toEqual({ id: "rbd", shared: true, space: 4096 });
  expect(cluster.template.vms.map(({ name }) => name)).toEqual(["home-template-pve1"]);
  expect(new Set(cluster.workers.map(({ template }) => template))).toEqual(new Set(cluster.template.vms));
});

test("an ISO's template has an installer with an id, a MAC and snippets of its own", () => {
  const cluster = only({ ...home, template: { iso: "ubuntu-24.04" } });
  expect(cluster.template.source).toMatchObject({ kind: "iso", fileName: "home-ubuntu-24.04.iso" });
  expect(cluster.template.vms[0]).toMatchObject({
    vmId: 9011,
    installer: {
      vmId: 9511,
      name: "home-installer-pve1",
      mac: "06:24:11:A8:00:0B",
      snippets: { userData: "home-installer-pve1-user-data.yaml" },
    },
  });
});

test("an image by URL keeps its name and its digest", () => {
  const sha256 = "0123456789abcdef".repeat(4);
  const url = "https://images.example.com/cloud/debian-13-generic-amd64.img";
  const accept = { "rke2/unpinned": "an example" };
  const cluster = only({ ...home, template: { cloudImage: { url, sha256 } }, accept });
  expect(cluster.template.source).toEqual({
    kind: "cloud-image",
    url,
    sha256,
    fileName: "home-debian-13-generic-amd64.qcow2",
  });
});

test("the first server that is not retired is the one that may initialise", () => {
  const hosts = { ...home.proxmox.hosts, pve3: { ...home.proxmox.hosts.pve2, address: "192.168.0.13" } };
  const servers = { ...home.servers, count: 3, retired: [1], on: ["pve1", "pve2", "pve3"] };
  const cluster = only({ ...home, proxmox: { ...home.proxmox, hosts }, servers });
  expect(cluster.servers.map(({ name, mayInitialise }) => [name, mayInitialise])).toEqual([
    ["server-2", true],
    ["server-3", false],
    ["server-4", false],
  ]);
});

test("several pools of workers keep the file's order and their own names", () => {
  const cluster = only({
    ...home,
    workers: {
      general: { ...home.workers, count: 2 },
      gpu: {
        ...home.workers,
        count: 1,
        first: "192.168.0.41",
        labels: { tier: "gpu" },
        taints: ["gpu:NoSchedule"],
      },
    },
  });
  expect(cluster.workers.map(({ name, pool }) => [name, pool])).toEqual([
    ["general-1", "general"],
    ["general-2", "general"],
    ["gpu-1", "gpu"],
  ]);
  expect(cluster.workers[2]).toMatchObject({ labels: { tier: "gpu" }, taints: ["gpu:NoSchedule"] });
});

test("clusters of one file keep their order", () => {
  expect(resolve([lab, home]).model.clusters.map(({ name }) => name)).toEqual(["lab", "home"]);
});

test("nothing of a model can be changed", () => {
  const { model } = resolve([home]);
  const thawed: string[] = [];
  const walk = (value: unknown, path: string): void => {
    if (typeof value !== "object" || value === null) return;
    if (!Object.isFrozen(value)) thawed.push(path);
    for (const [key, inner] of Object.entries(value)) walk(inner, `${path}.${key}`);
  };
  walk(model, "model");
  expect(thawed).toEqual([]);
});

test("a waiver with a reason lets an accepted problem pass, and only that one", () => {
  const servers = { ...home.servers, count: 2, on: ["pve1", "pve2"] };
  const accept = { ...home.accept, "machines/even-servers": "the third host comes in May" };
  expect(only({ ...home, servers, accept }).servers).toHaveLength(2);
  expect(codesOf([{ ...home, servers: { ...servers, memory: "2 GiB" }, accept }])).toEqual([
    "machines/too-little-memory",
  ]);
});

test("a waiver of either cluster accepts a problem between the two", () => {
  const network = { ...lab.network, pods: home.network.pods };
  const accept = { ...lab.accept, "networks/overlap-across-clusters": "they never meet" };
  expect(codesOf([home, { ...lab, network }])).toEqual(["networks/overlap-across-clusters"]);
  expect(codesOf([home, { ...lab, network, accept }])).toEqual([]);
});

function only(literal: unknown): Cluster {
  const [cluster] = resolve([literal]).model.clusters;
  if (cluster === undefined) throw new Error("one literal makes one cluster");
  return cluster;
}

function codesOf(literals: readonly unknown[]): string[] {
  try {
    return resolve(literals).warnings.map(({ code }) => code);
  } catch (error) {
    if (error instanceof ClusterProblems) return error.problems.map(({ code }) => code);
    throw error;
  }
}
