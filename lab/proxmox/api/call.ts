import type { Caller } from "../access/accounts";
import type { Cluster } from "../cluster";
import type { TaskFault, TaskLog } from "../tasks/tasks";
import { badParameter, died } from "./api-error";
import type { Parameters } from "./parameters";

export interface UploadedFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Call is one request on its way through a route. */
export class Call {
  constructor(
    readonly cluster: Cluster,
    readonly caller: Caller,
    readonly parameters: Parameters,
    private readonly taskFault: TaskFault | undefined,
    readonly file: UploadedFile | undefined,
  ) {}

  get node(): string {
    return this.parameters.required("node");
  }

  get vmId(): number {
    const id = this.parameters.integer("vmid") ?? 0;
    if (id < 100 || id > 999_999_999) {
      throw badParameter({ vmid: `invalid format - value does not look like a valid VM ID` });
    }
    return id;
  }

  /** check refuses unless the caller holds one of the privileges at the path. */
  check(path: string, ...anyOf: readonly string[]): void {
    this.cluster.access.check(this.caller, path, anyOf);
  }

  /** checkVm also accepts the privilege on the pool that a new machine is going into. */
  checkVm(vmId: number, anyOf: readonly string[], pool?: string): void {
    if (pool !== undefined && this.cluster.access.has(this.caller, `/pool/${pool}`, anyOf)) return;
    this.check(`/vms/${vmId}`, ...anyOf);
  }

  startTask(
    type: string,
    id: string | number,
    worker: (log: TaskLog) => Promise<void> | void,
    undo?: () => void,
  ): string {
    return this.cluster.tasks.start(
      {
        node: this.node,
        type,
        id: String(id),
        user: this.caller.name,
        fault: this.taskFault,
        ...(undo === undefined ? {} : { undo }),
      },
      worker,
    );
  }

  assertHost(name: string): void {
    if (!this.cluster.hasHost(name)) throw died(`no such cluster node '${name}'`);
  }
}
