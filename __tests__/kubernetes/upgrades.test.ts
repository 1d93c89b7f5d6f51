import type { Cluster, ClusterNode } from "../../config/model";
import { resolve } from "../../config/resolve";
import { namespaceObject } from "../../kubernetes/namespaces";
import type { KubernetesObject } from "../../kubernetes/object";
import { upgradeController } from "../../kubernetes/upgrades/controller";
import { planObject } from "../../kubernetes/upgrades/plans";
import { at, textAt } from "../../lab/kubernetes/json";
import { home } from "../clusters/home";
import { deployment, startTestCluster, type TestCluster } from "../lab/kubernetes/control-plane";
import { expectGolden } from "../golden-file";
import { noCrds, refusalsOf } from "./crds";
import { documents } from "./samples";
import { skipped } from "../skipped";

const installed = clusterOf({});
const later = clusterOf({ rke2: { ...home.rke2, version: "v1.36.6+rke2r1" } });

test("what is installed, and the plans, as an operator reads them", () => {
  const { namespace, objects, program } = upgradeController(installed);
  expectGolden(
    "kubernetes/upgrade-controller.yaml",
    documents([namespaceObject(namespace), ...objects, program]),
  );
  expectGolden("kubernetes/upgrade-plans.yaml", documents(plansOf(installed)));
});

const window = {
  days: ["saturday" as const],
  startTime: "02:00",
  endTime: "04:00",
  timeZone: "Europe/Berlin",
};

if (noCrds !== undefined) skipped("the plans' own kind accepts them", noCrds);
else {
  test("the plans' own kind accepts them, drained, in a window or not", () => {
    const careful = clusterOf({ upgrades: { drain: false, concurrency: 2, window } });
    expect([...plansOf(installed), ...plansOf(careful)].flatMap(refusalsOf)).toEqual([]);
  });
}

test("images come from the registry that RKE2's own come from", () => {
  const inside = clusterOf({ rke2: { ...home.rke2, systemDefaultRegistry: "registry.test:5000" } });
  const written = JSON.stringify([upgradeController(inside).program, ...plansOf(inside)]);
  const images = written.match(/"[^"]*rancher\/[^"]*"/g) ?? [];
  expect(images.length).toBeGreaterThan(3);
  expect(images.filter((image) => !image.startsWith('"registry.test:5000/rancher/'))).toEqual([]);
});

describe("in a cluster", () => {
  let cluster: TestCluster;
  beforeEach(async () => {
    cluster = await startTestCluster();
  });
  afterEach(() => cluster.close());

  test("a new one has nothing to upgrade: no job is made, no node cordoned", async () => {
    await populate(cluster, installed);
    await install(cluster, installed);
    expect(await cluster.every("Job")).toEqual([]);
    expect(
      (await cluster.every("Plan")).map((plan) => textAt(plan, "status", "conditions", 2, "status")),
    ).toEqual(["True", "True"]);
    expect(cluster.reports).toEqual([]);
  });

  test("another version reaches servers one by one, then workers, on whatever taints they have", async () => {
    await populate(cluster, installed);
    await cluster.apply(deployment("web"));
    await install(cluster, installed);
    await cluster.apply(...plansOf(later));
    expect(await order(cluster)).toEqual([
      "server-1",
      "server-2",
      "server-3",
      "gpu-1",
      "worker-1",
      "worker-2",
    ]);
    const nodes = await cluster.every("Node");
    expect(new Set(nodes.map((node) => textAt(node, "status", "nodeInfo", "kubeletVersion")))).toEqual(
      new Set(["v1.36.6+rke2r1"]),
    );
    expect(nodes.filter((node) => at(node, "spec", "unschedulable") === true)).toEqual([]);
    expect(cluster.reports).toEqual([]);
  });

  test("a machine that comes with the version is left alone", async () => {
    await populate(cluster, installed);
    const [added] = later.workers;
    if (added !== undefined) await register(cluster, { ...added, name: "worker-9" }, later.rke2.version);
    await install(cluster, later);
    expect(await order(cluster)).toHaveLength(6);
    expect(await order(cluster)).not.toContain("worker-9");
  });
});

function clusterOf(changes: object): Cluster {
  const [cluster] = resolve([
    {
      ...home,
      servers: { ...home.servers, count: 3, on: ["pve1", "pve2"], dedicated: true },
      workers: {
        worker: { ...home.workers, count: 2 },
        gpu: { ...home.workers, count: 1, first: "192.168.0.41", taints: ["gpu=yes:NoExecute"] },
      },
      ...changes,
    },
  ]).model.clusters;
  if (cluster === undefined) throw new Error("no cluster");
  return cluster;
}

function plansOf(cluster: Cluster): readonly KubernetesObject[] {
  const { upgrades } = cluster;
  if (upgrades === undefined) throw new Error("upgraded by hand");
  return [planObject("server", cluster, upgrades), planObject("agent", cluster, upgrades)];
}

/** install the controller, and the plans once their kind is there. */
async function install(cluster: TestCluster, model: Cluster): Promise<void> {
  const { namespace, objects, program } = upgradeController(model);
  await cluster.apply(namespaceObject(namespace), ...objects, program);
  await cluster.apply(...plansOf(model));
}

/** populate with nodes as their machines register them. */
async function populate(cluster: TestCluster, model: Cluster): Promise<void> {
  for (const node of [...model.servers, ...model.workers]) await register(cluster, node, model.rke2.version);
}

async function register(
  cluster: TestCluster,
  { name, address, role, labels, taints }: ClusterNode,
  kubeletVersion: string,
): Promise<void> {
  const roles = role === "server" ? { "node-role.kubernetes.io/control-plane": "true" } : {};
  await cluster.plane.registerNode({
    apiVersion: "v1",
    kind: "Node",
    metadata: { name, labels: { ...labels, ...roles, "kubernetes.io/hostname": name } },
    spec: { taints: taints.map(taintOf) },
    status: { addresses: [{ type: "InternalIP", address }], nodeInfo: { kubeletVersion } },
  });
  await cluster.plane.setNodeReady(name, true);
}

function taintOf(text: string) {
  const [, key = "", value = "", effect = ""] = /^([^=]+)=(\w+):(\w+)$/.exec(text) ?? [];
  return { key, value, effect };
}

/** order in which nodes were done. */
async function order(cluster: TestCluster): Promise<readonly string[]> {
  return (await cluster.every("Event"))
    .filter((event) => event["reason"] === "JobComplete")
    .sort((one, other) => Number(one.metadata.resourceVersion) - Number(other.metadata.resourceVersion))
    .map((event) => (textAt(event, "message") ?? "").replace("Job completed on Node ", ""));
}
