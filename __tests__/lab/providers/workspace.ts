import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { run, type Finished } from "../../../lab/engine/run";
import type { StandIns } from "../../../lab/providers";

/** Workspace is a folder with a configuration, an engine that works in it, and stand-ins for its providers. */
export interface Workspace {
  configure(config: unknown): Promise<void>;
  /** engine runs one command; must fails unless it succeeds and gives what it printed. */
  engine(...args: string[]): Promise<Finished>;
  must(...args: string[]): Promise<string>;
  /** apply configures, initialises and applies, and gives what the engine printed. */
  apply(config: unknown): Promise<string>;
  /** planned tells what a plan would do, resource by resource; what stays is left out. */
  planned(): Promise<Record<string, readonly string[]>>;
  /** state, every resource's attributes by address. */
  state(): Promise<Record<string, Readonly<Record<string, unknown>>>>;
  write(name: string, text: string): Promise<void>;
  close(): Promise<void>;
}

export async function openWorkspace(
  file: string,
  standIns: StandIns,
  variables: Readonly<Record<`TF_VAR_${string}`, string>> = {},
): Promise<Workspace> {
  const folder = await mkdtemp(join(tmpdir(), "slipway-test-"));
  const environment = {
    PATH: process.env["PATH"] ?? "",
    HOME: folder,
    CHECKPOINT_DISABLE: "1",
    TF_IN_AUTOMATION: "1",
    TF_INPUT: "0",
    TF_CLI_ARGS: "-no-color",
    TF_REATTACH_PROVIDERS: standIns.reattach,
    ...variables,
  };
  const engine: Workspace["engine"] = (...args) => run({ file, args, cwd: folder, environment, seconds: 60 });
  const must: Workspace["must"] = async (...args) => {
    const finished = await engine(...args);
    if (finished.code !== 0) throw new Error(finished.output);
    return finished.stdout;
  };
  const configure: Workspace["configure"] = (config) =>
    writeFile(join(folder, "main.tf.json"), JSON.stringify(config));

  return {
    configure,
    engine,
    must,
    async apply(config) {
      await configure(config);
      await must("init");
      return must("apply", "-auto-approve");
    },
    async planned() {
      await must("plan", "-out=plan.bin");
      const plan = planFile.parse(JSON.parse(await must("show", "-json", "plan.bin")));
      const changes = plan.resource_changes.map((each) => [each.address, each.change.actions] as const);
      return Object.fromEntries(changes.filter(([, actions]) => actions.join() !== "no-op"));
    },
    async state() {
      const found = stateFile.parse(JSON.parse(await readFile(join(folder, "terraform.tfstate"), "utf8")));
      return Object.fromEntries(
        found.resources.map((each) => [`${each.type}.${each.name}`, each.instances[0]?.attributes ?? {}]),
      );
    },
    write: (name, text) => writeFile(join(folder, name), text),
    close: () => rm(folder, { recursive: true }),
  };
}

const planFile = z.object({
  resource_changes: z.array(
    z.object({ address: z.string(), change: z.object({ actions: z.array(z.string()) }) }),
  ),
});

const stateFile = z.object({
  resources: z.array(
    z.object({
      type: z.string(),
      name: z.string(),
      instances: z.array(z.object({ attributes: z.record(z.string(), z.unknown()) })),
    }),
  ),
});
