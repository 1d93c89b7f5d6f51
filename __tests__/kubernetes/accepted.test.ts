import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { type Capability, capabilities, engineNames, gapOf } from "../../config/capabilities";
import type { Cluster } from "../../config/model";
import type { EngineName } from "../../config/model/ingress";
import { ClusterProblems } from "../../config/problem";
import { engines } from "../../kubernetes/ingress";
import { namespaceObject } from "../../kubernetes/namespaces";
import { networkObjects } from "../../kubernetes/network-objects";
import type { KubernetesObject } from "../../kubernetes/object";
import { platformCharts } from "../../kubernetes/platform-charts";
import { platformParts } from "../../kubernetes/platform-parts";
import { type SecretDeclaration, secretDeclarations } from "../../kubernetes/secret";
import { renderChart } from "../../lab/charts";
import { at, listAt, objectOf, textAt } from "../../lab/kubernetes/json";
import type { Client } from "../../lab/kubernetes/real/client";
import { readJson } from "../../lab/kubernetes/real/read-json";
import { programsToBuild } from "../../lab/kubernetes/real/programs";
import { loadModel } from "../../load-cluster";
import { type RealApi, startRealApi } from "../lab/kubernetes/real/api";
import { skipped } from "../skipped";
import { referenceData } from "../reference-data";
import { clusterOf } from "../trace/cluster-objects";
import { noCrds } from "./crds";
import { objectsOf } from "./ingress/render";
import { scenarios } from "./ingress/scenarios";

const project = join(__dirname, "../..");
const examples = readdirSync(join(project, "examples")).filter((name) => name.endsWith(".ts"));
const files = ["cluster.ts", ...examples.map((name) => `examples/${name}`)];
const reason = reasonToSkip();

if (reason !== undefined) skipped("a real API server accepts every object", reason);
else {
  let api: RealApi;
  beforeAll(async () => {
    api = await startRealApi();
    for (const definition of definitions()) await apply(api.client, definition);
  }, 180_000);
  afterAll(() => api.close());

  test.each(files.flatMap(casesOf))(
    "$file, $cluster.name, on $engine is taken, every object of it",
    async ({ cluster }) => {
      for (const namespace of namespacesOf(cluster)) await apply(api.client, namespace);
      const objects = objectsIn(cluster);
      expect(objects.length).toBeGreaterThan(0);
      expect(await refusals(api.client, objects)).toEqual([]);
    },
  );

  const cells = Object.keys(scenarios)
    .filter(isCapability)
    .flatMap((capability) =>
      engineNames
        .filter((engine) => gapOf(engine, capability) === undefined)
        .map((engine) => ({ capability, engine })),
    );
  test.each(cells)("$capability on $engine is taken", async ({ capability, engine }) => {
    const objects = objectsOf(engine, scenarios[capability].with);
    for (const name of new Set(objects.flatMap(({ metadata }) => metadata.namespace ?? []))) {
      await apply(api.client, namespaceObject({ name, podSecurity: "restricted" }));
    }
    expect(await refusals(api.client, objects)).toEqual([]);
  });

  test("and refuses a field that no kind has", async () => {
    const wrong = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "wrong" }, dta: { a: "b" } };
    expect(await refusals(api.client, [wrong])).toEqual([expect.stringContaining("dta")]);
  });
}

function reasonToSkip(): string | undefined {
  if (noCrds !== undefined) return noCrds;
  const missing = programsToBuild(["etcd", "kube-apiserver"], process.env);
  if (missing.length === 0 || process.env["KUBE"] === "real") return undefined;
  return `${missing.join(" and ")} would have to be built, which takes minutes; KUBE=real does`;
}

/** definitions, upstream's custom resources. */
function definitions(): readonly KubernetesObject[] {
  const folder = join(referenceData, "crds");
  return readdirSync(folder)
    .flatMap((name) => parseAllDocuments(readFileSync(join(folder, name), "utf8")))
    .map((document): unknown => document.toJS())
    .filter((content) => content !== null)
    .map((content) => plain(content));
}

interface Case {
  readonly file: string;
  readonly engine: EngineName | "no ingress";
  readonly cluster: Cluster;
}

/** casesOf a file, on each engine that the rules let carry it; __tests__/trace says which those are. */
function casesOf(file: string): readonly Case[] {
  const path = join(project, file);
  const [first, ...others] = loadModel(path).model.clusters.map((cluster) => {
    return { file, engine: cluster.ingress?.engine ?? "no ingress", cluster } as const;
  });
  if (first?.cluster.ingress === undefined) return [...(first === undefined ? [] : [first]), ...others];
  const onEachEngine = engineNames.flatMap((engine) => {
    try {
      return [{ file, engine, cluster: clusterOf(path, engine) }];
    } catch (error) {
      if (error instanceof ClusterProblems) return [];
      throw error;
    }
  });
  return [...onEachEngine, ...others];
}

function namespacesOf(cluster: Cluster): readonly KubernetesObject[] {
  const charts = platformCharts(cluster, controllerOf(cluster));
  const made = networkObjects(cluster, controllerOf(cluster)).filter(({ part }) => part === "namespace");
  return [
    ...[...charts, ...platformParts(cluster)].map(({ namespace }) => namespaceObject(namespace)),
    ...made.flatMap(({ objects }) => objects),
  ];
}

/** objectsIn a cluster: of its network stack, its Secrets, and what the lab renders of its charts. */
function objectsIn(cluster: Cluster): readonly KubernetesObject[] {
  const controller = controllerOf(cluster);
  const charts = platformCharts(cluster, controller).flatMap((chart) =>
    renderChart({ ...chart, name: chart.release, namespace: chart.namespace.name }, chart.values),
  );
  return [
    ...networkObjects(cluster, controller).flatMap(({ objects }) => objects),
    ...secretDeclarations(cluster, controller).map(secretOf),
    ...platformParts(cluster).flatMap(({ objects, program }) => [...objects, program]),
    ...charts.filter(({ kind }) => kind !== "CustomResourceDefinition").map(plain),
  ];
}

/** secretOf a declaration, as the provider writes it with some value for each variable. */
function secretOf({ name, namespace, type, keys }: SecretDeclaration): KubernetesObject {
  const stringData = Object.fromEntries(Object.keys(keys).map((key) => [key, "value"]));
  return { apiVersion: "v1", kind: "Secret", metadata: { name, namespace }, type, stringData };
}

function controllerOf({ ingress }: Cluster) {
  return ingress === undefined ? undefined : engines[ingress.engine];
}

/** refusals of a dry run with strict validation, in the API server's words. */
async function refusals(client: Client, objects: readonly KubernetesObject[]): Promise<readonly string[]> {
  const each = await Promise.all(
    objects.map(async (object) => {
      try {
        await client.apply(plain(object), { manager: "test", validation: "Strict", dryRun: true });
        return [];
      } catch (error) {
        return [
          `${object.kind} ${object.metadata.name}: ${error instanceof Error ? error.message : String(error)}`,
        ];
      }
    }),
  );
  return each.flat();
}

/** apply, and wait for a definition until its kinds are served. */
async function apply(client: Client, object: KubernetesObject): Promise<void> {
  const applied = await client.apply(plain(object), { manager: "test", force: true, validation: "Strict" });
  if (applied.kind !== "CustomResourceDefinition") return;
  const group = textAt(applied, "spec", "group") ?? "";
  const kind = textAt(applied, "spec", "names", "kind") ?? "";
  for (const version of listAt(applied, "spec", "versions")) {
    if (at(version, "served") !== true) continue;
    while ((await client.resource(`${group}/${textAt(version, "name") ?? ""}`, kind)) === undefined) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

function isCapability(name: string): name is Capability {
  return name in capabilities;
}

/** plain, as it goes over the wire. */
function plain(object: unknown) {
  return objectOf(readJson(JSON.stringify(object)));
}
