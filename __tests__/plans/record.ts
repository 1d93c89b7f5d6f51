import { cp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stacksIn } from "../../lab/engine/synthesis";
import { readPlan } from "../../review/plan";
import { stand } from "../rehearsal/stand/standing";
import type { Standing } from "../rehearsal/stand/standing";
import { type Besides, type Recording, recordings } from "./recordings";
import { stored } from "./stored";

/** StoredPlan of one stack, without its secrets. */
interface StoredPlan {
  readonly stack: string;
  readonly isChanging: boolean;
  readonly text: string;
}

record().catch((error: unknown) => {
  process.exitCode = 1;
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
});

/** record writes every stored plan anew: deploys `base` in the lab once, and plans each kind of change of it. */
async function record(): Promise<void> {
  const standing = await stand(clusterFile("base"));
  const files = new Map<string, string>();
  const keep = (kind: string, plans: readonly StoredPlan[]): void => {
    const changing = plans.filter(({ isChanging }) => isChanging);
    const kept = changing.length > 0 ? changing : plans.slice(0, 1);
    for (const { stack, text } of kept)
      files.set(kept.length === 1 ? `${kind}.json` : `${kind}.${partOf(stack)}.json`, text);
    process.stdout.write(`${kind}: ${kept.map(({ stack }) => partOf(stack)).join(", ")}\n`);
  };
  try {
    for (const stack of stacks) keep(`first-deploy-${partOf(stack)}`, [await deployed(standing, stack)]);
    const running = await synthesized(standing);
    for (const recording of recordings) keep(recording.kind, await planned(standing, recording, running));
  } finally {
    await standing.close();
  }
  for (const file of await readdir(__dirname)) if (file.endsWith(".json")) await rm(join(__dirname, file));
  for (const [file, text] of files) await writeFile(join(__dirname, file), text);
}

const stacks = ["identity", "machines", "platform", "network", "edge"].map((part) => `home-${part}`);

/** deployed for the first time, and what was planned before. */
async function deployed(standing: Standing, stack: string): Promise<StoredPlan> {
  const plan = await planOf(standing, stack);
  await standing.program.applyPlanned(stack);
  return plan;
}

/** planned: all stacks that have other JSON than the one that runs, and the one to which something else is done. */
async function planned(
  standing: Standing,
  { cluster, besides }: Recording,
  running: ReadonlyMap<string, string>,
): Promise<StoredPlan[]> {
  await standing.program.synth(clusterFile(cluster));
  const now = await synthesized(standing);
  const touched = stacks.filter(
    (stack) => now.has(stack) && (now.get(stack) !== running.get(stack) || stack === besides?.stack),
  );
  return Promise.all(touched.map((stack) => planBesides(standing, stack, besides)));
}

async function planBesides(
  standing: Standing,
  stack: string,
  besides: Besides | undefined,
): Promise<StoredPlan> {
  if (besides?.stack !== stack) return planOf(standing, stack);
  if ("replace" in besides) {
    const addresses = await addressesOf(standing, stack, besides.replace);
    return planOf(standing, stack, ...addresses.map((address) => `-replace=${address}`));
  }
  const state = join(standing.scratch, `terraform.${stack}.tfstate`);
  await cp(state, `${state}.kept`);
  try {
    if ("forget" in besides)
      await engine(standing, stack, "state", "rm", ...(await addressesOf(standing, stack, besides.forget)));
    else await writeFile(state, besides.remember(await readFile(state, "utf8")));
    return await planOf(standing, stack);
  } finally {
    await rename(`${state}.kept`, state);
  }
}

async function planOf(standing: Standing, stack: string, ...args: readonly string[]): Promise<StoredPlan> {
  await engine(standing, stack, "init", "-input=false", "-no-color");
  await engine(standing, stack, "plan", "-input=false", "-no-color", "-out=plan", ...args);
  const shown = await engine(standing, stack, "show", "-json", "plan");
  const plan = readPlan(stack, shown);
  if (plan === undefined) throw new Error(`${stack}: what the engine shows is no plan`);
  return { stack, isChanging: plan.isChanging, text: `${JSON.stringify(stored(plan.source), null, 1)}\n` };
}

async function addressesOf(standing: Standing, stack: string, wanted: RegExp): Promise<string[]> {
  const listed = await engine(standing, stack, "state", "list");
  const addresses = listed.split("\n").filter((address) => wanted.test(address));
  if (addresses.length === 0) throw new Error(`${stack} has no ${String(wanted)}:\n${listed}`);
  return addresses;
}

async function engine(standing: Standing, stack: string, ...args: readonly string[]): Promise<string> {
  const done = await standing.terraform(stack, ...args);
  if (done.code !== 0) throw new Error(`${args.join(" ")} in ${stack} failed:\n${done.output}`);
  return done.stdout;
}

/** synthesized JSON of every stack, by its name. */
async function synthesized({ scratch }: Standing): Promise<Map<string, string>> {
  const found = await stacksIn(join(scratch, "cdktf.out"));
  const texts = found.map(async ({ name, folder }): Promise<[string, string]> => [
    name,
    await readFile(join(folder, "cdk.tf.json"), "utf8"),
  ]);
  return new Map(await Promise.all(texts));
}

function clusterFile(name: string): string {
  return join(__dirname, "clusters", `${name}.ts`);
}

function partOf(stack: string): string {
  return stack.replace(/^home-/, "");
}
