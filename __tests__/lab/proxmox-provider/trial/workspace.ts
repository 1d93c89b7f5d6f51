import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { type Engine, findEngine } from "../../../../lab/engine/engine";
import { type Finished, run } from "../../../../lab/engine/run";
import { supplyProviders } from "../../../../lab/engine/provider-supply";
import { type Outcome, outcomeOf } from "./outcome";

/** Resources by type and name, as `resource` stands in a stack's JSON. */
export type Resources = Readonly<Record<string, Readonly<Record<string, object>>>>;

/** Prepared is an engine whose workspaces need no `init` of their own. */
export interface Prepared {
  readonly engine: Engine;
  readonly cliConfigFile: string;
  /** initialized, a folder in which `init` was run. */
  readonly initialized: string;
}

/** neitherEngineNorGo is the reason why no test of this folder can run here, if there is one. */
export function neitherEngineNorGo(): string | undefined {
  const found = ["terraform", "tofu", "go"].some((program) =>
    (process.env["PATH"] ?? "").split(delimiter).some((folder) => existsSync(join(folder, program))),
  );
  if (found || (process.env["SLIPWAY_ENGINE"] ?? "") !== "") return undefined;
  return "PATH has no terraform, no tofu and no go to build the engine and bpg/proxmox with";
}

/** prepare finds or builds engine and provider, and initializes once for all workspaces of a test file. */
export async function prepare(scratch: string): Promise<Prepared> {
  const engine = await findEngine(process.env, () => undefined);
  const { cliConfigFile, missing } = await supplyProviders(engine, [proxmox], scratch, () => undefined);
  expect(missing).toEqual([]);
  const initialized = join(scratch, "initialized");
  await mkdir(initialized, { recursive: true });
  await writeFile(
    join(initialized, "main.tf.json"),
    JSON.stringify(configuration("https://none.test/", {}, {})),
  );
  const environment = { HOME: scratch, TF_CLI_CONFIG_FILE: cliConfigFile, CHECKPOINT_DISABLE: "1" };
  const args = ["init", "-input=false", "-no-color"];
  const done = await run({ file: engine.file, args, cwd: initialized, environment, seconds: 120 });
  if (done.code !== 0) throw new Error(done.output);
  return { engine, cliConfigFile, initialized };
}

/** Workspace is one folder with a configuration and its state. */
export class Workspace {
  private constructor(
    private readonly prepared: Prepared,
    private readonly folder: string,
    private readonly endpoint: string,
    private readonly environment: Readonly<Record<string, string>>,
  ) {}

  static async open(
    prepared: Prepared,
    scratch: string,
    endpoint: string,
    environment: Readonly<Record<string, string>>,
  ): Promise<Workspace> {
    const folder = await mkdtemp(join(scratch, "workspace-"));
    await cp(prepared.initialized, folder, { recursive: true, verbatimSymlinks: true });
    const all = { ...environment, TF_CLI_CONFIG_FILE: prepared.cliConfigFile };
    return new Workspace(prepared, folder, endpoint, all);
  }

  async validate(resource: Resources): Promise<Finished> {
    await this.configure(resource);
    return this.run(["validate", "-no-color"]);
  }

  async plan(resource: Resources, data: Resources = {}): Promise<Outcome> {
    await this.configure(resource, data);
    return outcomeOf(await this.run(["plan", "-json", "-input=false"]));
  }

  async apply(resource: Resources, data: Resources = {}): Promise<Outcome> {
    await this.configure(resource, data);
    return outcomeOf(await this.run(["apply", "-json", "-input=false", "-auto-approve"]));
  }

  /** deploy is an apply that must succeed. */
  async deploy(resource: Resources): Promise<Outcome> {
    const outcome = await this.apply(resource);
    if (outcome.code !== 0) throw new Error(outcome.output);
    return outcome;
  }

  async destroy(): Promise<Outcome> {
    return outcomeOf(await this.run(["destroy", "-json", "-input=false", "-auto-approve"]));
  }

  /** forget takes a resource out of the state; it stays where it is. */
  async forget(address: string): Promise<void> {
    const done = await this.run(["state", "rm", address]);
    if (done.code !== 0) throw new Error(done.output);
  }

  private async configure(resource: Resources, data: Resources = {}): Promise<void> {
    const text = JSON.stringify(configuration(this.endpoint, resource, data));
    await writeFile(join(this.folder, "main.tf.json"), text);
  }

  private run(args: readonly string[]): Promise<Finished> {
    const { folder: cwd, environment } = this;
    return run({ file: this.prepared.engine.file, args, cwd, environment, seconds: 100 });
  }
}

const proxmox = { source: "bpg/proxmox", version: "0.111.1" };

/** configuration names no account: the stack leaves it to the environment, and so do these tests. */
function configuration(endpoint: string, resource: Resources, data: Resources): object {
  return {
    terraform: { required_providers: { proxmox } },
    provider: { proxmox: [{ endpoint }] },
    ...unlessEmpty("data", data),
    ...unlessEmpty("resource", resource),
  };
}

const unlessEmpty = (name: string, blocks: Resources): object =>
  Object.keys(blocks).length === 0 ? {} : { [name]: blocks };
