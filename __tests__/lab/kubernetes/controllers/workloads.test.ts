import type { KubernetesObjectLike } from "../../../../lab/kubernetes/contract";
import { hasCondition } from "../../../../lab/kubernetes/controllers/desk";
import { at, listAt, numberAt, textAt } from "../../../../lab/kubernetes/json";
import { deployment, service, startTestCluster, type TestCluster } from "../control-plane";

let cluster: TestCluster;
beforeEach(async () => {
  cluster = await startTestCluster();
  await cluster.addNode("worker-1", "192.168.0.31");
  await cluster.addNode("worker-2", "192.168.0.32");
});
afterEach(async () => {
  expect(cluster.reports).toEqual([]);
  await cluster.close();
});

const texts = (objects: readonly KubernetesObjectLike[], ...path: string[]): (string | undefined)[] =>
  objects.map((one) => textAt(one, ...path)).sort();
const app = { name: "app", image: "example.org/app:1" };
const namespace = (name: string, labels: object): object => ({
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { name, labels },
});

async function endpoints(name: string): Promise<readonly KubernetesObjectLike[]> {
  const slices = await cluster.every("EndpointSlice", "default");
  return slices.filter(({ metadata }) => metadata.labels?.["kubernetes.io/service-name"] === name);
}

test("a Deployment becomes pods on every node, each with an address of its node's range, and a Service finds them", async () => {
  await cluster.apply(deployment("web"), service("web"));
  const web = await cluster.find("Deployment", "web");
  expect(hasCondition(web, "Available")).toBe(true);
  expect(web?.["status"]).toMatchObject({ observedGeneration: 1, availableReplicas: 2, updatedReplicas: 2 });
  const pods = await cluster.every("Pod", "default");
  expect(texts(pods, "spec", "nodeName")).toEqual(["worker-1", "worker-2"]);
  expect(texts(pods, "status", "podIP")).toEqual(["172.29.0.2", "172.29.1.2"]);
  const [slice] = await endpoints("web");
  expect(slice?.["ports"]).toEqual([{ name: "http", port: 8080, protocol: "TCP" }]);
  const addresses = listAt(slice, "endpoints").map((one) => textAt(one, "addresses", 0));
  expect(addresses.sort()).toEqual(["172.29.0.2", "172.29.1.2"]);
});

test("a pod of a Service whose port name no container has is behind no port", async () => {
  await cluster.apply(deployment("web"), service("web", { ports: [{ port: 80, targetPort: "web" }] }));
  expect((await endpoints("web")).map((slice) => slice["ports"])).toEqual([[]]);
});

test("a rollout never has fewer ready pods than maxUnavailable allows, nor more than maxSurge", async () => {
  const strategy = { rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } };
  await cluster.apply(deployment("web", { replicas: 3, spec: { strategy } }));
  const changed = deployment("web", { replicas: 3, image: "example.org/app:2", spec: { strategy } });
  expect((await cluster.tryApply(changed)).code).toBe(200);
  const seen = { least: 3, most: 3 };
  const settling = { isOver: false };
  const settled = cluster.plane.settled().then(() => (settling.isOver = true));
  while (!settling.isOver) {
    const pods = (await cluster.plane.objects()).filter(
      ({ kind, metadata }) => kind === "Pod" && metadata.deletionTimestamp === undefined,
    );
    seen.least = Math.min(seen.least, pods.filter((pod) => hasCondition(pod, "Ready")).length);
    seen.most = Math.max(seen.most, pods.length);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await settled;
  expect(seen).toEqual({ least: 3, most: 4 });
  const images = (await cluster.every("Pod")).map((pod) => textAt(pod, "spec", "containers", 0, "image"));
  expect(images).toEqual(Array(3).fill("example.org/app:2"));
  expect(await cluster.every("ReplicaSet")).toHaveLength(2);
});

test("going back to a former template takes its ReplicaSet again, as a new revision", async () => {
  for (const image of ["example.org/app:1", "example.org/app:2", "example.org/app:1"])
    await cluster.apply(deployment("web", { image }));
  const sets = await cluster.every("ReplicaSet");
  const revisions = sets.map((set) => [
    textAt(set, "spec", "template", "spec", "containers", 0, "image"),
    set.metadata.annotations?.["deployment.kubernetes.io/revision"],
    numberAt(set, "spec", "replicas"),
  ]);
  expect(revisions.sort()).toEqual([
    ["example.org/app:1", "3", 2],
    ["example.org/app:2", "2", 0],
  ]);
});

test("with Recreate the old pods are gone before a new one is made", async () => {
  const spec = { strategy: { type: "Recreate" } };
  await cluster.apply(deployment("web", { spec }));
  await cluster.tryApply(deployment("web", { spec, image: "example.org/app:2" }));
  let mixed = false;
  const settling = { isOver: false };
  const settled = cluster.plane.settled().then(() => (settling.isOver = true));
  while (!settling.isOver) {
    const pods = (await cluster.plane.objects()).filter(({ kind }) => kind === "Pod");
    mixed ||= new Set(pods.map((pod) => textAt(pod, "spec", "containers", 0, "image"))).size > 1;
    await new Promise((resolve) => setImmediate(resolve));
  }
  await settled;
  expect(mixed).toBe(false);
  expect(hasCondition(await cluster.find("Deployment", "web"), "Available")).toBe(true);
});

test("a pod that no node can take stays Pending and says why, until one can", async () => {
  await cluster.apply(
    deployment("web", { replicas: 1, pod: { containers: [app], nodeSelector: { disk: "fast" } } }),
  );
  const [pod] = await cluster.every("Pod");
  expect(pod?.["status"]).toMatchObject({
    phase: "Pending",
    conditions: [
      {
        type: "PodScheduled",
        status: "False",
        reason: "Unschedulable",
        message: "0/2 nodes are available: 2 node(s) didn't match Pod's node affinity/selector.",
      },
    ],
  });
  const taints = [{ key: "dedicated", value: "db", effect: "NoSchedule" }];
  await cluster.addNode("worker-3", "192.168.0.33", { labels: { disk: "fast" }, taints });
  expect(texts(await cluster.every("Pod"), "spec", "nodeName")).toEqual([undefined]);
  await cluster.addNode("worker-4", "192.168.0.34", { labels: { disk: "fast" } });
  expect(texts(await cluster.every("Pod"), "spec", "nodeName")).toEqual(["worker-4"]);
});

test("a missing Secret keeps the container from being made, and the pod starts once it is there", async () => {
  const env = [{ name: "KEY", valueFrom: { secretKeyRef: { name: "api", key: "key" } } }];
  await cluster.apply(deployment("web", { replicas: 1, pod: { containers: [{ ...app, env }] } }));
  const [pod] = await cluster.every("Pod");
  expect(at(pod, "status", "containerStatuses", 0, "state")).toEqual({
    waiting: { reason: "CreateContainerConfigError", message: 'secret "api" not found' },
  });
  await cluster.apply({
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "api", namespace: "default" },
    stringData: { key: "x" },
  });
  expect(hasCondition(await cluster.find("Deployment", "web"), "Available")).toBe(true);
});

test("a volume of a ConfigMap that is not there is told as an event, the container is being created", async () => {
  const pod = { containers: [app], volumes: [{ name: "files", configMap: { name: "files" } }] };
  await cluster.apply(deployment("web", { replicas: 1, pod }));
  expect(at((await cluster.every("Pod"))[0], "status", "containerStatuses", 0, "state")).toEqual({
    waiting: { reason: "ContainerCreating" },
  });
  expect(texts(await cluster.every("Event"), "message")).toEqual([
    'MountVolume.SetUp failed for volume "files" : configmap "files" not found',
  ]);
});

test("refuses pods that a restricted namespace does not take, and the Deployment says so", async () => {
  await cluster.apply(
    namespace("strict", { "pod-security.kubernetes.io/enforce": "restricted" }),
    deployment("web", { namespace: "strict" }),
  );
  const failure = listAt(await cluster.find("Deployment", "web"), "status", "conditions").find(
    (one) => textAt(one, "type") === "ReplicaFailure",
  );
  expect(textAt(failure, "message")?.replace(/web-\w+-\w+/, "web")).toBe(
    'pods "web" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false (container "app" must set securityContext.allowPrivilegeEscalation=false), unrestricted capabilities (container "app" must set securityContext.capabilities.drop=["ALL"]), runAsNonRoot != true (pod or container "app" must set securityContext.runAsNonRoot=true), seccompProfile (pod or container "app" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")',
  );
  expect(await cluster.every("Pod")).toEqual([]);
});

test("a restricted namespace takes a pod that gives up what it must", async () => {
  const own = { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } };
  const pod = {
    securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
    containers: [{ ...app, securityContext: own }],
  };
  await cluster.apply(
    namespace("strict", { "pod-security.kubernetes.io/enforce": "restricted" }),
    deployment("web", { namespace: "strict", pod }),
  );
  expect(hasCondition(await cluster.find("Deployment", "web"), "Available")).toBe(true);
});

test.each([
  ["host network", { hostNetwork: true, containers: [app] }, "host namespaces (hostNetwork=true)"],
  [
    "a host path",
    { containers: [app], volumes: [{ name: "root", hostPath: { path: "/" } }] },
    'hostPath volumes (volume "root")',
  ],
  [
    "privilege",
    { containers: [{ ...app, securityContext: { privileged: true } }] },
    'privileged (container "app" must not set securityContext.privileged=true)',
  ],
  [
    "a capability",
    { containers: [{ ...app, securityContext: { capabilities: { add: ["NET_ADMIN"] } } }] },
    'non-default capabilities (container "app" must not include "NET_ADMIN" in securityContext.capabilities.add)',
  ],
])("refuses %s in a baseline namespace", async (_, spec, words) => {
  await cluster.apply(namespace("base", { "pod-security.kubernetes.io/enforce": "baseline" }));
  await cluster.plane.settled();
  const pod = { apiVersion: "v1", kind: "Pod", metadata: { name: "p", namespace: "base" }, spec };
  expect(await cluster.tryApply(pod)).toMatchObject({
    code: 403,
    body: { message: `pods "p" is forbidden: violates PodSecurity "baseline:latest": ${words}` },
  });
});

test("a StatefulSet makes its pods one after another, and a headless Service knows them by name", async () => {
  const labels = { app: "db" };
  await cluster.apply(service("db", { clusterIP: "None" }), {
    apiVersion: "apps/v1",
    kind: "StatefulSet",
    metadata: { name: "db", namespace: "default" },
    spec: {
      serviceName: "db",
      replicas: 3,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ ...app, ports: [{ name: "http", containerPort: 5432 }] }] },
      },
    },
  });
  const pods = await cluster.every("Pod");
  expect(texts(pods, "metadata", "name")).toEqual(["db-0", "db-1", "db-2"]);
  const [slice] = await endpoints("db");
  expect(listAt(slice, "endpoints").map((one) => textAt(one, "hostname"))).toEqual(["db-0", "db-1", "db-2"]);
  expect((await cluster.find("StatefulSet", "db"))?.["status"]).toMatchObject({
    readyReplicas: 3,
    updatedReplicas: 3,
  });
});

test("a StatefulSet waits with its second pod for the first", async () => {
  const labels = { app: "db" };
  const probe = { httpGet: { port: "none" } };
  await cluster.apply({
    apiVersion: "apps/v1",
    kind: "StatefulSet",
    metadata: { name: "db", namespace: "default" },
    spec: {
      serviceName: "db",
      replicas: 2,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ ...app, readinessProbe: probe }] } },
    },
  });
  expect(texts(await cluster.every("Pod"), "metadata", "name")).toEqual(["db-0"]);
});

test("a DaemonSet has a pod on each node that it tolerates, also on one that comes later", async () => {
  const labels = { app: "agent" };
  await cluster.addNode("server-1", "192.168.0.21", {
    taints: [{ key: "CriticalAddonsOnly", value: "true", effect: "NoExecute" }],
  });
  await cluster.apply({
    apiVersion: "apps/v1",
    kind: "DaemonSet",
    metadata: { name: "agent", namespace: "default" },
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [app] } },
    },
  });
  expect(texts(await cluster.every("Pod"), "spec", "nodeName")).toEqual(["worker-1", "worker-2"]);
  await cluster.addNode("worker-3", "192.168.0.33");
  expect(texts(await cluster.every("Pod"), "spec", "nodeName")).toEqual(["worker-1", "worker-2", "worker-3"]);
  expect((await cluster.find("DaemonSet", "agent"))?.["status"]).toMatchObject({
    desiredNumberScheduled: 3,
    numberReady: 3,
  });
});

test("a Job is Complete when its pods have ended", async () => {
  await cluster.apply({
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { name: "once", namespace: "default" },
    spec: { completions: 2, template: { spec: { restartPolicy: "Never", containers: [app] } } },
  });
  const job = await cluster.find("Job", "once");
  expect(hasCondition(job, "Complete")).toBe(true);
  expect(texts(await cluster.every("Pod"), "status", "phase")).toEqual(["Succeeded", "Succeeded"]);
});

test("pods of a node that falls silent are not ready, and those of one that is removed run elsewhere", async () => {
  await cluster.apply(deployment("web"), service("web"));
  await cluster.plane.setNodeReady("worker-2", false);
  const ready = async (): Promise<number> =>
    listAt((await endpoints("web"))[0], "endpoints").filter((one) => at(one, "conditions", "ready") === true)
      .length;
  expect(await ready()).toBe(1);
  expect(hasCondition(await cluster.find("Deployment", "web"), "Available")).toBe(false);
  await cluster.plane.setNodeReady("worker-2", true);
  expect(await ready()).toBe(2);
  await cluster.plane.deleteObject({ apiVersion: "v1", kind: "Node", name: "worker-2" });
  expect(texts(await cluster.every("Pod"), "spec", "nodeName")).toEqual(["worker-1", "worker-1"]);
  expect(await ready()).toBe(2);
});

test("a PodDisruptionBudget counts what may go", async () => {
  await cluster.apply(deployment("web", { replicas: 3 }), {
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata: { name: "web", namespace: "default" },
    spec: { minAvailable: 2, selector: { matchLabels: { app: "web" } } },
  });
  expect((await cluster.find("PodDisruptionBudget", "web"))?.["status"]).toMatchObject({
    expectedPods: 3,
    disruptionsAllowed: 1,
  });
});
