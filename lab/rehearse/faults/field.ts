import { readdirSync, readFileSync } from "node:fs";
import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Lab } from "../..";
import { type Finished, run } from "../../engine/run";
import type { Stage } from "../stage";
import { StepFailed } from "../step-failed";
import type { LaidOutNode, Layout } from "../subject";
import type { Shape, FaultsSubject } from "./subject";

/**
 * Field is a small cluster that stands in the lab, and the engine in the folders of its stacks, as cdktf calls it: one
 * after another, no `init` in between, so that a fault costs seconds.
 */
export class Field {
  private readonly texts = new Map<Shape, string>();
  private killing: AbortController | undefined;
  private planned: (() => void) | undefined;
  private whole = { template: 0, workersHost: "" };
  private current: Shape = "whole";
  /** printed, everything that every run printed. */
  readonly printed: string[] = [];

  private constructor(
    readonly stage: Stage,
    private readonly scratch: string,
    private readonly subject: FaultsSubject,
  ) {}

  /** prepare synthesizes each shape of the cluster, and deploys the whole one. */
  static async prepare(stage: Stage, scratch: string, subject: FaultsSubject): Promise<Field> {
    const field = new Field(stage, scratch, subject);
    await mkdir(join(scratch, "bin"), { recursive: true });
    await symlink(stage.engine.file, join(scratch, "bin", "terraform"));
    for (const shape of ["edited", "smaller", "whole"] as const) {
      await stage.program.synth(subject.shapes[shape].file);
      field.texts.set(shape, await readFile(field.file, "utf8"));
    }
    stage.lab.proxmox.hand.addVm({ id: subject.foreign, host: "pve2", name: "nas", storage: "local-lvm" });
    for (const stack of [field.identityStack, field.machinesStack]) {
      await field.must(stack, "init", "-input=false", "-no-color");
      await field.must(stack, "apply", ...unasked);
    }
    const workersHost = field.hostOf(field.worker.vmId);
    const template = field.state.vms().find((vm) => vm.template && vm.host === workersHost)?.id;
    if (template === undefined) throw new StepFailed(`${workersHost} has no template`);
    field.whole = { template, workersHost };
    return field;
  }

  get lab(): Lab {
    return this.stage.lab;
  }

  get hand(): Lab["proxmox"]["hand"] {
    return this.lab.proxmox.hand;
  }

  get state(): Lab["proxmox"]["state"] {
    return this.lab.proxmox.state;
  }

  get token(): string {
    return (this.stage.environment["PROXMOX_VE_API_TOKEN"] ?? "").split("=")[0] ?? "";
  }

  get server(): LaidOutNode {
    return only(this.layout("whole").clusters[0]?.servers);
  }

  /** worker that the smaller cluster does not have. */
  get worker(): LaidOutNode {
    return only(this.layout("whole").clusters[0]?.workers.slice(-1));
  }

  get shape(): Shape {
    return this.current;
  }

  layout(shape: Shape): Layout {
    return this.subject.shapes[shape];
  }

  /** host of a machine now. */
  hostOf(vmId: number): string {
    const vm = this.state.vm(vmId);
    if (vm === undefined) throw new StepFailed(`VM ${vmId} is gone before anything was done to it`);
    return vm.host;
  }

  /** template that the worker is cloned from. */
  get template(): number {
    return this.whole.template;
  }

  /** workersHost, where the worker is made. */
  get workersHost(): string {
    return this.whole.workersHost;
  }

  /** forgetTheLost: the state knows no more what is gone from Proxmox, as if it had never been made. */
  async forgetTheLost(): Promise<void> {
    await this.must(this.machinesStack, "apply", "-refresh-only", ...unasked);
  }

  /** whenPlanned, done once: when the next run has planned and changes nothing yet. */
  whenPlanned(act: () => void): void {
    this.planned = act;
  }

  /** deployElsewhere begins another run, which holds the state until the cure. */
  async deployElsewhere(): Promise<() => Promise<void>> {
    const blocked = new Promise<() => void>((resolve) => {
      this.hand.fail(
        { method: "GET", path: "/cluster/resources" },
        { kind: "meanwhile", when: "before", act: () => new Promise<void>((goOn) => resolve(goOn)) },
      );
    });
    const other = this.engine(this.machinesStack, ["plan", "-input=false", "-no-color"]);
    const goOn = await blocked;
    return async () => {
      goOn();
      await other;
    };
  }

  /** take another shape: the next run makes the cluster so. */
  async take(shape: Shape, shortened: Readonly<Record<string, number>> = {}): Promise<void> {
    const text = this.texts.get(shape) ?? "";
    await writeFile(this.file, Object.keys(shortened).length === 0 ? text : withTimeouts(text, shortened));
    this.current = shape;
  }

  apply(): Promise<Finished> {
    const { planned } = this;
    this.planned = undefined;
    return this.engine(this.machinesStack, ["apply", ...unasked], (line) => {
      if (/^Plan: /.test(line)) planned?.();
    });
  }

  plan(): Promise<Finished> {
    return this.engine(this.machinesStack, ["plan", "-input=false", "-no-color", "-detailed-exitcode"]);
  }

  /** forgetNode of a machine that was retired, as its operator does: Kubernetes keeps its password otherwise. */
  async forgetNode({ name }: LaidOutNode): Promise<void> {
    const cluster = this.lab.cluster([this.server.address]);
    const nodes = (await cluster.objects()).filter(
      ({ kind, metadata }) => kind === "Node" && metadata.name === name,
    );
    for (const { apiVersion, kind } of nodes) await cluster.deleteObject({ apiVersion, kind, name });
  }

  /** shell runs a printed command as an operator would, in the project's folder. */
  shell(command: string): Promise<Finished> {
    return run({
      file: "sh",
      args: ["-c", command],
      cwd: this.scratch,
      environment: {
        ...this.stage.environment,
        PATH: `${join(this.scratch, "bin")}:${this.stage.environment["PATH"] ?? ""}`,
      },
      seconds: 120,
    });
  }

  /** kill the engine and its providers, with SIGKILL, as a computer that loses power would. */
  kill(): void {
    this.killing?.abort();
  }

  /** killProvider alone: the engine goes on. */
  killProvider(): void {
    for (const entry of readdirSync("/proc")) {
      if (!/^\d+$/.test(entry) || !isProvider(entry, this.scratch)) continue;
      process.kill(Number(entry), "SIGKILL");
    }
  }

  identityState(): Promise<string> {
    return readFile(join(this.scratch, `terraform.${this.identityStack}.tfstate`), "utf8");
  }

  private async engine(
    stack: string,
    args: readonly string[],
    onLine?: (line: string) => void,
  ): Promise<Finished> {
    const killing = new AbortController();
    this.killing = killing;
    const done = await run({
      file: this.stage.engine.file,
      args,
      cwd: join(this.scratch, "cdktf.out", "stacks", stack),
      environment: this.stage.environment,
      seconds: 120,
      interrupted: killing.signal,
      ...(onLine && { onLine }),
    });
    this.printed.push(done.output);
    return done;
  }

  private async must(stack: string, ...args: readonly string[]): Promise<void> {
    const done = await this.engine(stack, args);
    if (done.code !== 0) throw new StepFailed(`${args[0] ?? ""} of ${stack} failed`, done.output);
  }

  private get name(): string {
    return only(this.layout("whole").clusters).name;
  }

  private get identityStack(): string {
    return `${this.name}-identity`;
  }

  private get machinesStack(): string {
    return `${this.name}-machines`;
  }

  private get file(): string {
    return join(this.scratch, "cdktf.out", "stacks", this.machinesStack, "cdk.tf.json");
  }
}

const unasked = ["-input=false", "-no-color", "-auto-approve"] as const;

function only<T>(list: readonly T[] | undefined): T {
  const [first] = list ?? [];
  if (first === undefined) throw new Error("the cluster of the faults has one server and two workers");
  return first;
}

/** isProvider: a process that was started from the scratch folder and is bpg/proxmox. */
function isProvider(pid: string, scratch: string): boolean {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, "utf8");
    const environment = readFileSync(`/proc/${pid}/environ`, "utf8");
    return words.includes("terraform-provider-proxmox") && environment.includes(`HOME=${scratch}/`);
  } catch {
    return false;
  }
}

/** withTimeouts, every machine's, in seconds. */
function withTimeouts(text: string, timeouts: Readonly<Record<string, number>>): string {
  const { retries, ...others } = timeouts;
  const lines = Object.entries(others).map(([name, seconds]) => `"${name}": ${seconds},\n`);
  const tried = retries === undefined ? text : text.replaceAll(/"retries": \d+/g, `"retries": ${retries}`);
  return tried.replace(/^ *"scsi_hardware":/gm, (line) => `${lines.join("")}${line}`);
}
