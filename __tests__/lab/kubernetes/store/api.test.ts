import { at, listAt, textAt } from "../../../../lab/kubernetes/json";
import { deployment, service, startTestCluster, type TestCluster } from "../control-plane";

let cluster: TestCluster;
beforeEach(async () => {
  cluster = await startTestCluster();
});
afterEach(async () => {
  expect(cluster.reports).toEqual([]);
  await cluster.close();
});

const configMaps = "/api/v1/namespaces/default/configmaps";
const post = (path: string, body: object): ReturnType<TestCluster["ask"]> =>
  cluster.ask("POST", path, { body });
const message = async (answer: ReturnType<TestCluster["ask"]>): Promise<readonly unknown[]> => {
  const { code, body } = await answer;
  return [code, textAt(body, "reason"), textAt(body, "message")];
};

test("discovery lists groups, versions and resources", async () => {
  expect((await cluster.ask("GET", "/api")).body).toMatchObject({ kind: "APIVersions", versions: ["v1"] });
  const groups = listAt((await cluster.ask("GET", "/apis")).body, "groups").map((group) =>
    textAt(group, "name"),
  );
  expect(groups).toEqual(expect.arrayContaining(["apps", "batch", "helm.cattle.io", "networking.k8s.io"]));
  expect((await cluster.ask("GET", "/apis/apps/v1")).body).toMatchObject({
    kind: "APIResourceList",
    groupVersion: "apps/v1",
    resources: expect.arrayContaining([
      expect.objectContaining({ name: "deployments", kind: "Deployment", namespaced: true }),
    ]),
  });
});

test("refuses in the API server's words: not found, there already, and a path that is no resource", async () => {
  expect(await message(cluster.ask("GET", `${configMaps}/none`))).toEqual([
    404,
    "NotFound",
    'configmaps "none" not found',
  ]);
  await post(configMaps, { metadata: { name: "a" } });
  expect(await message(post(configMaps, { metadata: { name: "a" } }))).toEqual([
    409,
    "AlreadyExists",
    'configmaps "a" already exists',
  ]);
  expect(await message(cluster.ask("GET", "/apis/example.org/v1/things"))).toEqual([
    404,
    "NotFound",
    "the server could not find the requested resource",
  ]);
  expect(await message(post("/api/v1/configmaps", { metadata: { name: "a" } }))).toEqual([
    405,
    "MethodNotAllowed",
    "the server does not allow this method on the requested resource",
  ]);
});

test("refuses a write with an old resourceVersion", async () => {
  const { body } = await post(configMaps, { metadata: { name: "a" }, data: { x: "1" } });
  const old = textAt(body, "metadata", "resourceVersion");
  const put = (x: string): ReturnType<TestCluster["ask"]> =>
    cluster.ask("PUT", `${configMaps}/a`, {
      body: { metadata: { name: "a", resourceVersion: old }, data: { x } },
    });
  expect((await put("2")).code).toBe(200);
  expect((await message(put("3"))).slice(0, 2)).toEqual([409, "Conflict"]);
});

test("refuses a user without a role in a namespace, and lets one with a RoleBinding in", async () => {
  const user = await cluster.user("reader");
  const list = (namespace: string): ReturnType<TestCluster["ask"]> =>
    cluster.ask("GET", `/api/v1/namespaces/${namespace}/configmaps`, { user });
  expect(await message(list("default"))).toEqual([
    403,
    "Forbidden",
    'configmaps is forbidden: User "reader" cannot list resource "configmaps" in API group "" in the namespace "default"',
  ]);
  const group = "rbac.authorization.k8s.io";
  const metadata = { name: "read", namespace: "default" };
  await cluster.apply(
    {
      apiVersion: `${group}/v1`,
      kind: "Role",
      metadata,
      rules: [{ apiGroups: [""], resources: ["configmaps"], verbs: ["list"] }],
    },
    {
      apiVersion: `${group}/v1`,
      kind: "RoleBinding",
      metadata,
      roleRef: { apiGroup: group, kind: "Role", name: "read" },
      subjects: [{ kind: "User", name: "reader" }],
    },
  );
  expect((await list("default")).code).toBe(200);
  expect((await list("kube-system")).code).toBe(403);
});

test("without a quorum nothing is read or written and the API is not ready", async () => {
  cluster.quorum = false;
  expect((await cluster.ask("GET", "/readyz")).code).toBe(500);
  expect(await message(cluster.ask("GET", configMaps))).toEqual([
    500,
    undefined,
    "etcdserver: request timed out",
  ]);
});

test("a Secret's stringData becomes data, and refuses a TLS Secret without its key", async () => {
  const secret = (more: object): object => ({
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "s", namespace: "default" },
    ...more,
  });
  const refused = await cluster.tryApply(
    secret({ type: "kubernetes.io/tls", stringData: { "tls.crt": "x" } }),
  );
  expect(refused).toMatchObject({
    code: 422,
    body: { message: 'Secret "s" is invalid: data[tls.key]: Required value' },
  });
  await cluster.apply(secret({ stringData: { word: "hello" } }));
  expect(await cluster.find("Secret", "s")).toMatchObject({ type: "Opaque", data: { word: "aGVsbG8=" } });
  expect((await cluster.find("Secret", "s"))?.["stringData"]).toBeUndefined();
});

test("a Service gets an address of the cluster's range and a node port, and keeps both", async () => {
  await cluster.apply(service("web", { type: "NodePort" }));
  const first = await cluster.find("Service", "web");
  expect(textAt(first, "spec", "clusterIP")).toMatch(/^172\.30\./);
  expect(at(first, "spec", "ports", 0, "nodePort")).toBeGreaterThanOrEqual(30086);
  await cluster.ask("PATCH", "/api/v1/namespaces/default/services/web", {
    body: { metadata: { labels: { a: "b" } } },
    type: "application/merge-patch+json",
  });
  const second = await cluster.find("Service", "web");
  expect(second?.["spec"]).toEqual(first?.["spec"]);
  expect(second?.metadata.labels).toEqual({ a: "b" });
});

test("the API's own Service has the first address of the range", async () => {
  expect(textAt(await cluster.find("Service", "kubernetes", "default"), "spec", "clusterIP")).toBe(
    "172.30.0.1",
  );
});

test.each([
  ["a node port that another Service has", 30080, "provided port is already allocated"],
  [
    "a node port outside the range",
    8080,
    "provided port is not in the valid range. The range of valid ports is 30000-32767",
  ],
])("refuses %s", async (_, nodePort, why) => {
  const port = (name: string, number: number): object =>
    service(name, { type: "NodePort", ports: [{ port: 80, nodePort: number }] });
  await cluster.apply(port("first", 30080));
  expect(await cluster.tryApply(port("second", nodePort))).toMatchObject({
    code: 422,
    body: {
      reason: "Invalid",
      message: `Service "second" is invalid: spec.ports[0].nodePort: Invalid value: ${nodePort}: ${why}`,
    },
  });
});

test("refuses a workload whose selector does not find its own pods, and a selector that changes", async () => {
  const odd = deployment("web", { spec: { selector: { matchLabels: { app: "other" } } } });
  expect(await cluster.tryApply(odd)).toMatchObject({
    code: 422,
    body: { message: expect.stringContaining("`selector` does not match template `labels`") },
  });
  await cluster.apply(deployment("web"));
  const labels = { app: "web", tier: "b" };
  const changed = deployment("web", {
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: "app", image: "a" }] } },
    },
  });
  expect(await cluster.tryApply(changed)).toMatchObject({
    code: 422,
    body: { message: expect.stringContaining("field is immutable") },
  });
});

test("refuses an object in a namespace that is not there, or that is going away", async () => {
  const there = (namespace: string): object => ({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "a", namespace },
  });
  expect(await cluster.tryApply(there("nowhere"))).toMatchObject({
    code: 404,
    body: { message: 'namespaces "nowhere" not found' },
  });
  const held = {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "held", namespace: "team", finalizers: ["example.org/hold"] },
  };
  await cluster.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: "team" } }, held);
  await cluster.ask("DELETE", "/api/v1/namespaces/team");
  expect(await cluster.tryApply(there("team"))).toMatchObject({
    code: 403,
    body: {
      message: expect.stringContaining(
        "unable to create new content in namespace team because it is being terminated",
      ),
    },
  });
});

test("a namespace that is deleted takes its content along, and stays while a finalizer holds a piece of it", async () => {
  await cluster.addNode("worker-1", "192.168.0.31");
  const held = {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "held", namespace: "team", finalizers: ["example.org/hold"] },
  };
  await cluster.apply(
    { apiVersion: "v1", kind: "Namespace", metadata: { name: "team" } },
    held,
    deployment("web", { namespace: "team" }),
  );
  await cluster.ask("DELETE", "/api/v1/namespaces/team");
  await cluster.plane.settled();
  expect(textAt(await cluster.find("Namespace", "team"), "status", "phase")).toBe("Terminating");
  const left = (await cluster.plane.objects()).filter(({ metadata }) => metadata.namespace === "team");
  expect(left.map(({ kind }) => kind)).toEqual(["ConfigMap"]);
  await cluster.ask("PATCH", "/api/v1/namespaces/team/configmaps/held", {
    body: { metadata: { finalizers: null } },
    type: "application/merge-patch+json",
  });
  expect(await cluster.find("Namespace", "team")).toBeUndefined();
});

test("what an owner leaves is deleted, before it in the foreground, not at all as an orphan", async () => {
  await cluster.addNode("worker-1", "192.168.0.31");
  const path = "/apis/apps/v1/namespaces/default/deployments/web";
  await cluster.apply(deployment("web"));
  await cluster.ask("DELETE", path);
  expect([...(await cluster.every("ReplicaSet")), ...(await cluster.every("Pod"))]).toEqual([]);
  await cluster.apply(deployment("web"));
  const foreground = await cluster.ask("DELETE", `${path}?propagationPolicy=Foreground`);
  expect(at(foreground.body, "metadata", "finalizers")).toEqual(["foregroundDeletion"]);
  expect(await cluster.find("Deployment", "web")).toBeUndefined();
  expect(await cluster.every("Pod")).toEqual([]);
  await cluster.apply(deployment("web"));
  await cluster.ask("DELETE", path, { body: { propagationPolicy: "Orphan" } });
  expect(await cluster.find("Deployment", "web")).toBeUndefined();
  expect(await cluster.every("ReplicaSet")).toHaveLength(1);
});

test("lists can be narrowed by labels and fields", async () => {
  for (const name of ["a", "b"]) await post(configMaps, { metadata: { name, labels: { tier: name } } });
  const names = async (query: string): Promise<unknown[]> =>
    listAt((await cluster.ask("GET", `${configMaps}?${query}`)).body, "items").map((one) =>
      textAt(one, "metadata", "name"),
    );
  expect(await names("labelSelector=tier%20in%20(b,c)")).toEqual(["b"]);
  expect(await names("labelSelector=!tier")).toEqual([]);
  expect(await names("fieldSelector=metadata.name%3Da")).toEqual(["a"]);
});
