import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { Engine } from "../engine/engine";
import { engineError } from "../engine/engine-error";
import { type Finished, run } from "../engine/run";
import { appOf, stacksIn } from "../engine/synthesis";
import { type Change, changesOf } from "./plan";
import { StepFailed } from "./step-failed";

export interface ProgramPlace {
  /** project, the folder with cdktf.json. */
  readonly project: string;
  readonly scratch: string;
  readonly engine: Engine;
  readonly environment: Readonly<Record<string, string>>;
  /** interrupted ends whatever the program is doing. @default nothing does */
  readonly interrupted?: AbortSignal;
}

/** Program is the rehearsed program, used as an operator uses it: cdktf's command line, then the engine in a stack's folder. */
export class Program {
  private readonly output: string;

  constructor(private readonly place: ProgramPlace) {
    this.output = join(place.scratch, "cdktf.out");
  }

  /** synth runs the `app` of cdktf.json as `cdktf synth` does, without the seconds that cdktf's command line takes to start. */
  async synth(file: string): Promise<void> {
    const { project } = this.place;
    const [app, ...args] = await appOf(project);
    const done = await run({
      file: app,
      args,
      cwd: project,
      environment: { ...this.environmentFor(file), CDKTF_OUTDIR: this.output },
      seconds: 300,
      ...this.interruption(),
    });
    if (done.code !== 0) throw new StepFailed(`synthesizing ${file} failed`, done.output);
  }

  deploy(file: string, onLine: (line: string) => void): Promise<void> {
    return this.apply(["deploy", "*"], file, onLine);
  }

  /** deploySynthesized deploys what `synth` wrote, as it was planned. */
  deploySynthesized(file: string, onLine: (line: string) => void): Promise<void> {
    return this.apply(["deploy", "*", "--skip-synth"], file, onLine);
  }

  /** deployUntil deploys what `synth` wrote until somebody presses Ctrl-C; it must not end before. */
  async deployUntil(stopped: AbortSignal, file: string, onLine: (line: string) => void): Promise<void> {
    const command = ["deploy", "*", "--skip-synth"];
    const done = await this.cdktf(file, [...command, ...withoutAsking], 1800, onLine, stopped);
    if (stopped.aborted) return;
    throw new StepFailed("the deploy ended, and was to wait until it is stopped", engineError(done.output));
  }

  /** applyPlanned applies in one stack, by the engine itself, what `plan` saved there. */
  async applyPlanned(stack: string): Promise<void> {
    const done = await this.engine(stack, ["apply", "-input=false", "-no-color", "plan"]);
    if (done.code !== 0) throw new StepFailed(`applying ${stack} failed`, engineError(done.output));
  }

  destroy(file: string, onLine: (line: string) => void): Promise<void> {
    return this.apply(["destroy", "*"], file, onLine);
  }

  /** plan asks every stack, or those whose names end so, what would change now. */
  async plan(ending = ""): Promise<Change[]> {
    const stacks = (await this.stacks()).filter((stack) => stack.endsWith(ending));
    return (await Promise.all(stacks.map((stack) => this.planOf(stack)))).flat();
  }

  /** requiredProviders of all stacks, as their JSON names them. */
  async requiredProviders(): Promise<{ source: string; version: string }[]> {
    const required = new Map<string, { source: string; version: string }>();
    for (const { folder } of await stacksIn(this.output)) {
      const json: unknown = JSON.parse(await readFile(join(folder, "cdk.tf.json"), "utf8"));
      const { terraform } = stackSchema.parse(json);
      for (const provider of Object.values(terraform.required_providers))
        required.set(provider.source, provider);
    }
    return [...required.values()];
  }

  private async planOf(stack: string): Promise<Change[]> {
    const args = ["plan", "-input=false", "-no-color", "-detailed-exitcode", "-out=plan"];
    const planned = await this.engine(stack, args);
    if (planned.code === 0) return [];
    if (planned.code !== 2) throw new StepFailed(`planning ${stack} failed`, engineError(planned.output));
    const shown = await this.engine(stack, ["show", "-json", "plan"]);
    const changes = changesOf(stack, shown.stdout);
    if (changes.length > 0) return changes;
    throw new StepFailed(`${stack} plans to change its outputs`, planned.output);
  }

  /** resources that the stacks' states hold, by address; data sources are not resources. */
  async resources(): Promise<string[]> {
    const listed = await Promise.all(
      (await this.stacks()).map((stack) => this.engine(stack, ["state", "list"])),
    );
    return listed.flatMap(({ stdout }) =>
      stdout.split("\n").filter((line) => line !== "" && !line.startsWith("data.")),
    );
  }

  /** apply does not read cdktf's own summary: its last lines get lost at times, when a stack ends quickly. */
  private async apply(
    command: readonly string[],
    file: string,
    onLine: (line: string) => void,
  ): Promise<void> {
    const done = await this.cdktf(file, [...command, ...withoutAsking], 1800, onLine);
    if (done.code !== 0) throw new StepFailed(`cdktf ${command.join(" ")} failed`, engineError(done.output));
  }

  private async stacks(): Promise<string[]> {
    return (await stacksIn(this.output)).map(({ name }) => name);
  }

  private cdktf(
    file: string,
    args: readonly string[],
    seconds: number,
    onLine: (line: string) => void,
    stopped?: AbortSignal,
  ): Promise<Finished> {
    return run({
      file: join(this.place.project, "node_modules", ".bin", "cdktf"),
      args: [...args, "--output", this.output],
      cwd: this.place.project,
      environment: { ...this.environmentFor(file), TERRAFORM_BINARY_NAME: this.place.engine.file },
      seconds,
      onLine,
      ...this.interruption(),
      ...(stopped && { stopped }),
    });
  }

  /** environmentFor a file: the rehearsal's own, and state in the scratch folder, never where the file says. */
  private environmentFor(file: string): Record<string, string> {
    return { ...this.place.environment, SLIPWAY_CLUSTER: file, SLIPWAY_STATE: "local" };
  }

  private engine(stack: string, args: readonly string[]): Promise<Finished> {
    const cwd = join(this.output, "stacks", stack);
    return run({
      file: this.place.engine.file,
      args,
      cwd,
      environment: this.place.environment,
      seconds: 900,
      ...this.interruption(),
    });
  }

  private interruption(): { interrupted?: AbortSignal } {
    return this.place.interrupted === undefined ? {} : { interrupted: this.place.interrupted };
  }
}

/** withoutAsking anybody, nor the registry, which cdktf would do to lock providers that a mirror has. */
const withoutAsking = ["--auto-approve", "--no-color", "--skip-provider-lock"];

const stackSchema = z.object({
  terraform: z.object({
    required_providers: z.record(z.string(), z.object({ source: z.string(), version: z.string() })),
  }),
});
