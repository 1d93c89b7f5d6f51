import type { KubernetesObjectLike } from "../../../../lab/kubernetes/contract";
import { at, textAt } from "../../../../lab/kubernetes/json";
import { deployment, service, startTestCluster, type TestCluster } from "../control-plane";

let cluster: TestCluster;
beforeEach(async () => {
  cluster = await startTestCluster();
});
afterEach(async () => {
  expect(cluster.reports).toEqual([]);
  await cluster.close();
});

const path = "/api/v1/namespaces/default/configmaps/settings";
const settings = (data: object): object => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "settings", namespace: "default" },
  data,
});

const by = (manager: string, body: object, query = ""): ReturnType<TestCluster["ask"]> =>
  cluster.ask("PATCH", `${path}?fieldManager=${manager}${query}`, {
    body,
    type: "application/apply-patch+yaml",
  });

test("a field that a manager no longer sends goes, and one that another owns stays", async () => {
  await by("one", settings({ a: "1", b: "2" }));
  await by("two", settings({ c: "3" }));
  const { body } = await by("one", settings({ a: "1" }));
  expect(at(body, "data")).toEqual({ a: "1", c: "3" });
});

test("refuses to change what another manager owns, and names manager and field", async () => {
  await by("one", settings({ a: "1" }));
  const refused = await by("two", settings({ a: "2" }));
  expect(refused.code).toBe(409);
  expect(refused.body).toMatchObject({
    reason: "Conflict",
    message: 'Apply failed with 1 conflict: conflict with "one" using v1: .data.a',
    details: { causes: [{ reason: "FieldManagerConflict", field: ".data.a" }] },
  });
  expect((await by("two", settings({ a: "1" }))).code).toBe(200);
});

test("with force a manager takes a field over, and the other may then leave it out", async () => {
  await by("one", settings({ a: "1" }));
  expect(at((await by("two", settings({ a: "2" }), "&force=true")).body, "data")).toEqual({ a: "2" });
  expect(at((await by("one", settings({}))).body, "data")).toEqual({ a: "2" });
});

test("what one changes by merge patch is in conflict with who applied it", async () => {
  await by("one", settings({ a: "1" }));
  await cluster.ask("PATCH", path, { body: { data: { a: "9" } }, type: "application/merge-patch+json" });
  expect((await by("one", settings({ a: "1" }))).body).toMatchObject({
    message: 'Apply failed with 1 conflict: conflict with "test" using v1: .data.a',
  });
});

test("refuses an apply that names no field manager", async () => {
  const { code, body } = await cluster.ask("PATCH", path, {
    body: settings({}),
    type: "application/apply-patch+yaml",
  });
  expect([code, textAt(body, "message")]).toEqual([
    422,
    'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
  ]);
});

const image = (deployed: KubernetesObjectLike | undefined): (string | undefined)[] =>
  [0, 1].map((index) => textAt(deployed, "spec", "template", "spec", "containers", index, "image"));

test("containers are told apart by name: one that is gone goes with its defaults, the other stays", async () => {
  const two = {
    containers: [
      { name: "app", image: "a:1" },
      { name: "log", image: "b:1" },
    ],
  };
  await cluster.apply(deployment("web", { pod: two }));
  expect(image(await cluster.find("Deployment", "web"))).toEqual(["a:1", "b:1"]);
  await cluster.apply(deployment("web", { pod: { containers: [{ name: "log", image: "b:2" }] } }));
  expect(image(await cluster.find("Deployment", "web"))).toEqual(["b:2", undefined]);
});

test("a probe that is taken away goes with the defaults inside it", async () => {
  const probe = { httpGet: { path: "/", port: 8080 } };
  const app = { name: "app", image: "a:1" };
  await cluster.apply(deployment("web", { pod: { containers: [{ ...app, readinessProbe: probe }] } }));
  const container = ["spec", "template", "spec", "containers", 0] as const;
  expect(at(await cluster.find("Deployment", "web"), ...container, "readinessProbe")).toMatchObject({
    periodSeconds: 10,
  });
  await cluster.apply(deployment("web", { pod: { containers: [app] } }));
  expect(at(await cluster.find("Deployment", "web"), ...container, "readinessProbe")).toBeUndefined();
});

test("applying the same again writes nothing: neither the revision nor a given address changes", async () => {
  await cluster.apply(service("web", { type: "NodePort" }));
  const first = await cluster.find("Service", "web");
  await cluster.apply(service("web", { type: "NodePort" }));
  expect(await cluster.find("Service", "web")).toEqual(first);
});

test("generation counts changes of what is wanted, not of status", async () => {
  await cluster.addNode("worker-1", "192.168.0.31");
  await cluster.apply(deployment("web"));
  expect((await cluster.find("Deployment", "web"))?.metadata.generation).toBe(1);
  await cluster.apply(deployment("web", { replicas: 3 }));
  const web = await cluster.find("Deployment", "web");
  expect([web?.metadata.generation, at(web, "status", "observedGeneration")]).toEqual([2, 2]);
});

test("managedFields tell each manager's fields, and a dry run leaves nothing behind", async () => {
  const dry = await by("one", settings({ a: "1" }), "&dryRun=All");
  expect([dry.code, at(dry.body, "data")]).toEqual([201, { a: "1" }]);
  expect((await cluster.ask("GET", path)).code).toBe(404);
  await by("one", settings({ a: "1" }));
  expect(at((await cluster.ask("GET", path)).body, "metadata", "managedFields")).toMatchObject([
    { manager: "one", operation: "Apply", fieldsType: "FieldsV1", fieldsV1: { "f:data": { "f:a": {} } } },
  ]);
});
