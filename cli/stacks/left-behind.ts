import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { z } from "zod";
import type { Stack } from "../../lab/engine/synthesis";
import type { LeftBehind } from "../../review/verdict";
import { command } from "./command";

/**
 * leftBehind, the edge stacks that clusters of the file no longer have, and whose states still hold something: no other
 * stack can be taken out of a cluster.
 */
export async function leftBehind(engine: string, stacks: readonly Stack[]): Promise<LeftBehind[]> {
  const found = stacks
    .filter(({ name }) => name.endsWith("-identity"))
    .map(async (identity) => {
      const stack = identity.name.replace(/identity$/, "edge");
      if (stacks.some(({ name }) => name === stack)) return [];
      const holds = await heldBy(engine, identity, stack);
      return holds.length === 0 ? [] : [{ stack, holds }];
    });
  return (await Promise.all(found)).flat();
}

/** heldBy the state of a stack, which is kept where the state of one is that the file still has. */
async function heldBy(engine: string, beside: Stack, stack: string): Promise<string[]> {
  const { terraform } = stackSchema.parse(
    JSON.parse(await readFile(join(beside.folder, "cdk.tf.json"), "utf8")),
  );
  const folder = await mkdtemp(join(tmpdir(), "slipway-state-"));
  try {
    const backend = backendOf(terraform.backend, beside, stack);
    await writeFile(join(folder, "main.tf.json"), JSON.stringify({ terraform: { backend } }));
    const run = (...args: string[]) => command(engine, args, { cwd: folder, environment: process.env });
    // No provider is at hand there, nor needed: the backend is set up before they are looked for.
    await run("init", "-input=false", "-no-color", `-plugin-dir=${folder}`);
    const pulled = await run("state", "pull");
    return pulled.code === 0 && pulled.stdout.trim() !== "" ? namesIn(JSON.parse(pulled.stdout)) : [];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** backendOf another stack in the same store; nothing is made there that is not there yet. */
export function backendOf(backend: Backend, beside: Stack, stack: string): Backend {
  const renamed = backendSchema.parse(JSON.parse(JSON.stringify(backend).replaceAll(beside.name, stack)));
  const { local, pg } = renamed;
  if (local !== undefined)
    return { local: { ...local, path: resolve(beside.folder, z.string().parse(local["path"])) } };
  if (pg === undefined) return renamed;
  return {
    pg: { ...pg, skip_schema_creation: true, skip_table_creation: true, skip_index_creation: true },
  };
}

/** namesIn a state: hosts by their domains, everything else by its address. */
function namesIn(state: unknown): string[] {
  const { resources } = stateSchema.parse(state);
  return resources
    .filter(({ mode, type }) => mode === "managed" && type !== "null_resource")
    .flatMap(({ type, name, instances }) =>
      instances.map(({ attributes }) => attributes.domain_names?.[0] ?? `${type}.${name}`),
    );
}

type Backend = z.output<typeof backendSchema>;

const settings = z.record(z.string(), z.unknown());

const backendSchema = z.looseObject({ local: settings.optional(), pg: settings.optional() });

const stackSchema = z.object({ terraform: z.object({ backend: backendSchema }) });

const stateSchema = z.object({
  resources: z
    .array(
      z.object({
        mode: z.string(),
        type: z.string(),
        name: z.string(),
        instances: z.array(
          z.object({ attributes: z.looseObject({ domain_names: z.array(z.string()).optional() }) }),
        ),
      }),
    )
    .default([]),
});
