import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { renderChart } from "../../lab/charts";
import { kubernetesObject, type KubernetesObject, printRef, refOf } from "../../trace/objects";
import type { EdgeRecords } from "../../trace/edge/records";
import { Mistake } from "../mistake";
import type { TracedCluster } from "./cluster";
import { plannedEdge } from "./edge-stack";

/**
 * synthesizedClusters: the objects of every stack and the rows of every edge, as `cdktf synth` writes them now; charts
 * as the lab renders them. What stands in no stack is the address that an edge has, by cluster.
 */
export async function synthesizedClusters(
  file: string | undefined,
  edges: ReadonlyMap<string, string>,
): Promise<TracedCluster[]> {
  const folder = await mkdtemp(join(tmpdir(), "slipway-trace-"));
  try {
    await synthesize(folder, file);
    const clusters = new Map<string, Reading>();
    for (const stack of (await readdir(join(folder, "stacks"))).sort()) {
      const name = stack.replace(/-(identity|machines|platform|network|edge)$/, "");
      const cluster: Reading = clusters.get(name) ?? { objects: [], origins: new Map<string, string>() };
      clusters.set(name, cluster);
      const text = await readFile(join(folder, "stacks", stack, "cdk.tf.json"), "utf8");
      for (const [address, object] of objectsOf(text)) {
        cluster.objects.push(object);
        cluster.origins.set(printRef(refOf(object)), `${stack}: ${address}`);
      }
      const proxy = edges.get(name);
      if (stack !== `${name}-edge` || proxy === undefined) continue;
      const { edge, origins } = plannedEdge(unescaped(JSON.parse(text)), proxy);
      cluster.edge = edge;
      for (const [row, address] of origins) cluster.origins.set(row, `${stack}: ${address}`);
    }
    return [...clusters].map(([name, cluster]) => ({ name, ...cluster }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Reading {
  readonly objects: KubernetesObject[];
  readonly origins: Map<string, string>;
  edge?: EdgeRecords;
}

const project = resolve(__dirname, "..", "..");

/** synthesize in a process of its own, as cdktf does: a command that reads JSON knows nothing of how it is made. */
async function synthesize(folder: string, file: string | undefined): Promise<void> {
  const env = {
    ...process.env,
    CDKTF_OUTDIR: folder,
    ...(file === undefined ? {} : { SLIPWAY_CLUSTER: resolve(file) }),
  };
  const program = ["--require", join(project, "from-source.js"), join(project, "main.ts")];
  await new Promise<void>((done, failed) => {
    execFile(process.execPath, program, { env, cwd: project }, (error, _stdout, stderr) => {
      if (error === null) done();
      else failed(new Mistake(stderr.trimEnd()));
    });
  });
}

function objectsOf(text: string): (readonly [address: string, object: KubernetesObject])[] {
  const { resource } = stackSchema.parse(JSON.parse(text));
  const manifests = Object.entries(resource.kubernetes_manifest).map(
    ([id, { manifest }]) =>
      [`kubernetes_manifest.${id}`, kubernetesObject.parse(unescaped(manifest))] as const,
  );
  const charts = Object.entries(resource.helm_release).flatMap(([id, release]) => {
    const values: unknown = parse(release.values.map((each) => String(unescaped(each))).join("\n"));
    return renderChart(release, values).map(
      (object) => [`helm_release.${id}`, kubernetesObject.parse(object)] as const,
    );
  });
  return [...manifests, ...charts];
}

/** unescaped: text that Terraform would have read as a template, as it will be applied. */
function unescaped(value: unknown): unknown {
  if (typeof value === "string") return value.replace(/([$%])\1(?=\{)/g, "$1");
  if (Array.isArray(value)) return value.map(unescaped);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [String(unescaped(key)), unescaped(inner)]),
  );
}

const stackSchema = z.looseObject({
  resource: z
    .looseObject({
      kubernetes_manifest: z.record(z.string(), z.looseObject({ manifest: z.unknown() })).default({}),
      helm_release: z
        .record(
          z.string(),
          z.looseObject({
            name: z.string(),
            namespace: z.string(),
            repository: z.string(),
            chart: z.string(),
            version: z.string(),
            values: z.array(z.string()).default([]),
          }),
        )
        .default({}),
    })
    .default({ kubernetes_manifest: {}, helm_release: {} }),
});
