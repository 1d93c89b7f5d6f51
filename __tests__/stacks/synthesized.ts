import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { App } from "cdktf";
import type { Model } from "../../config/model";
import { loadModel } from "../../load-cluster";
import { addClusters } from "../../stacks/cluster-chain";

/** Block of a stack's JSON: what Terraform is told about one resource or data source. */
export type Block = Readonly<Record<string, unknown>>;

export interface SynthesizedStack {
  readonly name: string;
  /** text, the file as it was written. */
  readonly text: string;
  /** blocks by plan address, without cdktf's own metadata. */
  readonly blocks: ReadonlyMap<string, Block>;
}

/** modelOf an example, by its path from the project's root. */
export function modelOf(file: string): Model {
  return loadModel(resolve(__dirname, "../..", file)).model;
}

/** synthesize writes a model's stacks as `cdktf synth` would and reads them back, in the order of their names. */
export function synthesize(model: Model): SynthesizedStack[] {
  const outdir = mkdtempSync(join(tmpdir(), "slipway-synth-"));
  try {
    const app = new App({ outdir });
    addClusters(app, model);
    app.synth();
    return readdirSync(join(outdir, "stacks"))
      .sort()
      .map((name) => readStack(name, readFileSync(join(outdir, "stacks", name, "cdk.tf.json"), "utf8")));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** stackNamed finds a stack by the end of its name: `-machines`. */
export function stackNamed(stacks: readonly SynthesizedStack[], name: string): SynthesizedStack {
  const found = stacks.find((stack) => stack.name === name);
  if (found === undefined)
    throw new Error(`no stack ${name} among ${stacks.map((stack) => stack.name).join(", ")}`);
  return found;
}

/** block at a plan address. */
export function blockAt(stack: SynthesizedStack, address: string): Block {
  const block = stack.blocks.get(address);
  if (block === undefined) throw new Error(`${stack.name} has no ${address}`);
  return block;
}

interface StackJson {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Block>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, Block>>>>;
}

function readStack(name: string, text: string): SynthesizedStack {
  const json: StackJson = JSON.parse(text);
  const blocks = new Map<string, Block>();
  for (const [prefix, types] of [
    ["", json.resource],
    ["data.", json.data],
  ] as const) {
    for (const [type, named] of Object.entries(types ?? {})) {
      for (const [id, block] of Object.entries(named))
        blocks.set(`${prefix}${type}.${id}`, withoutMetadata(block));
    }
  }
  return { name, text, blocks };
}

function withoutMetadata(block: Block): Block {
  return Object.fromEntries(Object.entries(block).filter(([key]) => key !== "//"));
}
