import type { Cluster } from "../../config/model";
import { resolve } from "../../config/resolve";
import { longhorn } from "../../kubernetes/charts/longhorn";
import { namespaceObject } from "../../kubernetes/namespaces";
import { platformCharts } from "../../kubernetes/platform-charts";
import { platformParts } from "../../kubernetes/platform-parts";
import { localPath } from "../../kubernetes/storage/local-path";
import { renderChart } from "../../lab/charts";
import { at, textAt } from "../../lab/kubernetes/json";
import { home } from "../clusters/home";
import { expectGolden } from "../golden-file";
import { deployment, startTestCluster, type TestCluster } from "../lab/kubernetes/control-plane";
import { documents } from "./samples";

test("local-path, as an operator reads it", () => {
  const { namespace, objects, program } = localPath(clusterOf({ storage: "local-path" }));
  expectGolden("kubernetes/local-path.yaml", documents([namespaceObject(namespace), ...objects, program]));
});

test("there is a StorageClass where the file asks for one, and never two", () => {
  const classesOf = (changes: object) => {
    const cluster = clusterOf(changes);
    return [
      ...platformParts(cluster).map(({ name }) => name),
      ...platformCharts(cluster, undefined).map(({ release }) => release),
    ].filter((name) => ["local-path", "longhorn"].includes(name));
  };
  expect(classesOf({})).toEqual([]);
  expect(classesOf({ storage: "local-path" })).toEqual(["local-path"]);
  expect(classesOf({ storage: "longhorn" })).toEqual(["longhorn"]);
});

describe("Longhorn", () => {
  const settingsOf = (changes: object) => longhorn(clusterOf(changes)).values["defaultSettings"];

  test("keeps a volume on three disks, on fewer where there are fewer workers", () => {
    const replicas = (count: number) =>
      longhorn(clusterOf({ workers: { ...home.workers, count } })).values["persistence"];
    expect([replicas(5), replicas(2)]).toEqual([
      { defaultClass: true, defaultClassReplicaCount: 3 },
      { defaultClass: true, defaultClassReplicaCount: 2 },
    ]);
  });

  test("uses workers' disks, and tolerates what keeps pods away from them", () => {
    const cluster = clusterOf({
      storage: "longhorn",
      workers: {
        plain: home.workers,
        gpu: { ...home.workers, count: 1, first: "192.168.0.41", taints: ["gpu=yes:NoExecute"] },
      },
    });
    const label = "node.longhorn.io/create-default-disk";
    expect(cluster.workers.map(({ labels }) => labels[label])).toEqual(["true", "true", "true", "true"]);
    expect(cluster.servers.map(({ labels }) => labels[label])).toEqual([undefined]);
    const { values } = longhorn(cluster);
    expect(values["global"]).toEqual({ tolerations: [{ key: "gpu", value: "yes", effect: "NoExecute" }] });
    expect(values["defaultSettings"]).toMatchObject({
      createDefaultDiskLabeledNodes: true,
      taintToleration: "gpu=yes:NoExecute",
    });
  });

  test("can be uninstalled once the file no longer protects the cluster", () => {
    expect(settingsOf({})).toMatchObject({ deletingConfirmationFlag: false });
    expect(settingsOf({ protect: false })).toMatchObject({ deletingConfirmationFlag: true });
  });

  test("lets a node with the only copy of a volume be drained when nobody uses it: it could never be upgraded", () => {
    expect(settingsOf({})).toMatchObject({ nodeDrainPolicy: "block-if-contains-last-replica" });
    expect(settingsOf({ workers: { ...home.workers, count: 1 } })).toMatchObject({
      nodeDrainPolicy: "allow-if-replica-is-stopped",
    });
  });
});

describe("in a cluster", () => {
  let cluster: TestCluster;
  beforeEach(async () => {
    cluster = await startTestCluster();
    for (const [index, name] of ["worker-1", "worker-2"].entries())
      await cluster.addNode(name, `192.168.0.3${index + 1}`);
  });
  afterEach(async () => {
    expect(cluster.reports).toEqual([]);
    await cluster.close();
  });

  const phase = async (kind: string, name: string) =>
    textAt(await cluster.find(kind, name, "default"), "status", "phase");

  test("without a StorageClass a claim stays Pending, and its pod with it", async () => {
    await cluster.apply(database);
    expect([await phase("PersistentVolumeClaim", "data-db-0"), await phase("Pod", "db-0")]).toEqual([
      "Pending",
      "Pending",
    ]);
    expect((await cluster.every("Event")).map((event) => textAt(event, "message"))).toContain(
      "no persistent volumes available for this claim and no storage class is set",
    );
  });

  test("local-path gives each pod a folder of its node, to which the pod comes back", async () => {
    const { namespace, objects, program } = localPath(clusterOf({}));
    await cluster.apply(namespaceObject(namespace), ...objects, program, database);
    expect([await phase("PersistentVolumeClaim", "data-db-0"), await phase("Pod", "db-0")]).toEqual([
      "Bound",
      "Running",
    ]);
    const nodeOf = async () => textAt(await cluster.find("Pod", "db-0", "default"), "spec", "nodeName") ?? "";
    const [volume] = await cluster.every("PersistentVolume");
    const node = await nodeOf();
    expect(JSON.stringify(at(volume, "spec", "nodeAffinity"))).toContain(node);
    // As many others there as would make a scheduler choose the other node.
    await cluster.apply(deployment("web", { replicas: 4, pod: { nodeName: node } }));
    await cluster.plane.deleteObject({ apiVersion: "v1", kind: "Pod", name: "db-0", namespace: "default" });
    expect(await nodeOf()).toBe(node);
  });

  test("Longhorn makes the default class itself, and its volumes go with the pod", async () => {
    const chart = longhorn(clusterOf({}));
    await cluster.apply(namespaceObject(chart.namespace));
    const release = { ...chart, name: chart.release, namespace: chart.namespace.name };
    await cluster.apply(...renderChart(release, chart.values), database);
    expect([await phase("PersistentVolumeClaim", "data-db-0"), await phase("Pod", "db-0")]).toEqual([
      "Bound",
      "Running",
    ]);
    const classes = await cluster.every("StorageClass");
    expect(classes.map((each) => at(each, "parameters", "numberOfReplicas"))).toEqual(["3"]);
    const [volume] = await cluster.every("PersistentVolume");
    expect(at(volume, "spec", "nodeAffinity")).toBeUndefined();
  });
});

const database = {
  apiVersion: "apps/v1",
  kind: "StatefulSet",
  metadata: { name: "db", namespace: "default" },
  spec: {
    serviceName: "db",
    replicas: 1,
    selector: { matchLabels: { app: "db" } },
    template: {
      metadata: { labels: { app: "db" } },
      spec: {
        containers: [
          { name: "db", image: "example.org/db:1", volumeMounts: [{ name: "data", mountPath: "/data" }] },
        ],
      },
    },
    volumeClaimTemplates: [
      {
        metadata: { name: "data" },
        spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
      },
    ],
  },
};

function clusterOf(changes: object): Cluster {
  const [cluster] = resolve([{ ...home, ...changes }]).model.clusters;
  if (cluster === undefined) throw new Error("no cluster");
  return cluster;
}
