import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { hasCondition } from "../../../../lab/kubernetes/controllers/desk";
import { isKubernetesObject, textAt } from "../../../../lab/kubernetes/json";
import { referenceData } from "../../../reference-data";
import { startTestCluster, type TestCluster } from "../control-plane";
import { definition } from "../custom-resource";
import { skipped } from "../../../skipped";

let cluster: TestCluster;
beforeEach(async () => {
  cluster = await startTestCluster();
});
afterEach(async () => {
  expect(cluster.reports).toEqual([]);
  await cluster.close();
});

const spec = {
  type: "object",
  required: ["size"],
  properties: {
    size: { type: "string", enum: ["small", "large"] },
    color: { type: "string", pattern: "^[a-z]+$" },
    count: { type: "integer", minimum: 1, default: 3 },
    extra: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
    parts: {
      type: "array",
      "x-kubernetes-list-type": "map",
      "x-kubernetes-list-map-keys": ["name"],
      items: {
        type: "object",
        required: ["name"],
        properties: { name: { type: "string" }, value: { type: "string" } },
      },
    },
  },
};
const things = "/apis/example.org/v1/namespaces/default/things";
const thing = (fields: object, name = "one"): object => ({
  apiVersion: "example.org/v1",
  kind: "Thing",
  metadata: { name, namespace: "default" },
  spec: fields,
});
const make = (fields: object): ReturnType<TestCluster["ask"]> =>
  cluster.ask("POST", `${things}?fieldValidation=Strict`, { body: thing(fields) });

test("a CustomResourceDefinition adds its kind once it is established, and takes it and its objects away", async () => {
  expect((await cluster.ask("GET", things)).code).toBe(404);
  const path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
  await cluster.ask("POST", path, { body: definition("example.org", "v1", "Thing", "things", { spec }) });
  await cluster.plane.settled();
  const made = await cluster.find("CustomResourceDefinition", "things.example.org");
  expect(hasCondition(made, "Established")).toBe(true);
  expect((await cluster.ask("GET", "/apis/example.org/v1")).code).toBe(200);
  expect((await make({ size: "small" })).code).toBe(201);
  await cluster.ask("DELETE", `${path}/things.example.org`);
  expect(await cluster.find("CustomResourceDefinition", "things.example.org")).toBeUndefined();
  expect((await cluster.plane.objects()).filter(({ kind }) => kind === "Thing")).toEqual([]);
  expect((await cluster.ask("GET", things)).code).toBe(404);
});

test.each([
  ["a field that is missing", {}, 422, 'Thing.example.org "one" is invalid: spec.size: Required value'],
  [
    "a value outside the enum",
    { size: "tiny" },
    422,
    'Thing.example.org "one" is invalid: spec.size: Unsupported value: "tiny": supported values: "small", "large"',
  ],
  [
    "a text that does not match its pattern",
    { size: "small", color: "RED" },
    422,
    `Thing.example.org "one" is invalid: spec.color: Invalid value: "RED": spec.color in body should match '^[a-z]+$'`,
  ],
  [
    "another type",
    { size: "small", count: "three" },
    422,
    'Thing.example.org "one" is invalid: spec.count: Invalid value: "string": spec.count in body must be of type integer: "string"',
  ],
  [
    "an unknown field",
    { size: "small", colour: "red" },
    400,
    'Thing in version "v1" cannot be handled as a Thing: strict decoding error: unknown field "spec.colour"',
  ],
])("refuses %s", async (_, fields, code, message) => {
  await cluster.apply(definition("example.org", "v1", "Thing", "things", { spec }));
  const answer = await make(fields);
  expect([answer.code, textAt(answer.body, "message")]).toEqual([code, message]);
});

test("refuses an unknown field in an apply", async () => {
  await cluster.apply(definition("example.org", "v1", "Thing", "things", { spec }));
  expect(await cluster.tryApply(thing({ size: "small", colour: "red" }))).toMatchObject({
    code: 500,
    body: {
      message:
        "failed to create typed patch object (default/one; example.org/v1, Kind=Thing): .spec.colour: field not declared in schema",
    },
  });
});

test("defaults are filled in, preserved fields stay, and items of a keyed list are told apart", async () => {
  await cluster.apply(definition("example.org", "v1", "Thing", "things", { spec }));
  await cluster.apply(
    thing({ size: "small", extra: { any: { thing: 1 } }, parts: [{ name: "a", value: "1" }] }),
  );
  const other = thing({ size: "small", parts: [{ name: "b", value: "2" }] });
  await cluster.ask("PATCH", `${things}/one?fieldManager=other`, {
    body: other,
    type: "application/apply-patch+yaml",
  });
  expect((await cluster.find("Thing", "one"))?.["spec"]).toEqual({
    size: "small",
    count: 3,
    extra: { any: { thing: 1 } },
    parts: [
      { name: "a", value: "1" },
      { name: "b", value: "2" },
    ],
  });
});

test("a kind without a schema takes anything", async () => {
  await cluster.apply(definition("example.org", "v1", "Thing", "things"));
  expect((await make({ whatever: ["it", { is: 1 }] })).code).toBe(201);
});

test("status is written through its own path only", async () => {
  await cluster.apply(definition("example.org", "v1", "Thing", "things"));
  await make({});
  const write = (path: string): ReturnType<TestCluster["ask"]> =>
    cluster.ask("PATCH", `${things}/one${path}`, {
      body: { status: { a: 1 } },
      type: "application/merge-patch+json",
    });
  await write("");
  expect((await cluster.find("Thing", "one"))?.["status"]).toBeUndefined();
  await write("/status");
  expect((await cluster.find("Thing", "one"))?.["status"]).toEqual({ a: 1 });
});

test("refuses a write whose webhook has nobody behind its Service", async () => {
  await cluster.apply(definition("example.org", "v1", "Thing", "things"), {
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "ValidatingWebhookConfiguration",
    metadata: { name: "things" },
    webhooks: [
      {
        name: "things.example.org",
        failurePolicy: "Fail",
        clientConfig: { service: { name: "judge", namespace: "default", path: "/check" } },
        rules: [
          { apiGroups: ["example.org"], apiVersions: ["v1"], operations: ["CREATE"], resources: ["things"] },
        ],
      },
    ],
  });
  expect(await make({})).toMatchObject({
    code: 500,
    body: {
      message:
        'Internal error occurred: failed calling webhook "things.example.org": failed to call webhook: Post "https://judge.default.svc:443/check?timeout=10s": service "judge" not found',
    },
  });
});

function objectIn(document: { toJS(): unknown }): unknown {
  return document.toJS();
}

const folder = join(referenceData, "crds");
const claim = "every published CustomResourceDefinition of the reference data is established";
if (existsSync(folder)) test(claim, publishedAreEstablished);
else skipped(claim, `they are not at ${folder}`);

async function publishedAreEstablished(): Promise<void> {
  const documents = readdirSync(folder).flatMap((file) =>
    parseAllDocuments(readFileSync(join(folder, file), "utf8")).map(objectIn),
  );
  const definitions = documents.filter(isKubernetesObject);
  for (const one of definitions) expect((await cluster.tryApply(one, "&force=true")).code).toBeLessThan(300);
  const made = await cluster.every("CustomResourceDefinition");
  const names = new Set(
    made.filter((one) => hasCondition(one, "Established")).map(({ metadata }) => metadata.name),
  );
  expect(definitions.filter(({ metadata }) => !names.has(metadata.name))).toEqual([]);
}
