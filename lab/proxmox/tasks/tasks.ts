import { setTimeout as sleep } from "node:timers/promises";
import { reasonOf } from "../api/api-error";
import { type Upid, printUpid } from "./upid";

/** TaskLog takes the lines a worker prints; a warning makes the task end as `WARNINGS: n`. */
export interface TaskLog {
  print(line: string): void;
  warn(line: string): void;
}

export interface Task extends Upid {
  readonly upid: string;
  status: "running" | "stopped";
  exitstatus?: string;
  endtime?: number;
  readonly log: string[];
}

/** TaskFault changes how the next worker ends. */
export interface TaskFault {
  readonly dies?: string;
  readonly milliseconds?: number;
  readonly warnings?: readonly string[];
}

export interface TaskRequest {
  readonly node: string;
  readonly type: string;
  readonly id: string;
  readonly user: string;
  readonly fault?: TaskFault | undefined;
  /** undo is called when the worker dies before it began. */
  readonly undo?: () => void;
}

/** Tasks runs workers in the background and remembers how they ended. */
export class Tasks {
  private readonly byUpid = new Map<string, Task>();
  private readonly running = new Set<Promise<void>>();
  private readonly stopped = new AbortController();
  private nextPid = 4096;

  constructor(private readonly milliseconds: number) {}

  all(): Task[] {
    return [...this.byUpid.values()];
  }

  find(upid: string): Task | undefined {
    return this.byUpid.get(upid);
  }

  start(request: TaskRequest, worker: (log: TaskLog) => Promise<void> | void): string {
    const pid = (this.nextPid += 1);
    const identity = {
      node: request.node,
      pid,
      pstart: pid * 16,
      starttime: Math.floor(Date.now() / 1000),
      type: request.type,
      id: request.id,
      user: request.user,
    };
    const task: Task = { ...identity, upid: printUpid(identity), status: "running", log: [] };
    this.byUpid.set(task.upid, task);
    const run = this.run(task, request, worker).finally(() => this.running.delete(run));
    this.running.add(run);
    return task.upid;
  }

  /** abort ends a task as DELETE does: it is reported as interrupted; what its worker did stays. */
  abort(task: Task): void {
    if (task.status === "running") end(task, "interrupted by signal");
  }

  /** close waits until every worker has returned. */
  async close(): Promise<void> {
    this.stopped.abort();
    await Promise.all(this.running);
  }

  private async run(
    task: Task,
    request: TaskRequest,
    worker: (log: TaskLog) => Promise<void> | void,
  ): Promise<void> {
    const warnings: string[] = [];
    const log: TaskLog = {
      print: (line) => task.log.push(line),
      warn: (line) => {
        warnings.push(line);
        task.log.push(`WARN: ${line}`);
      },
    };
    try {
      await sleep(request.fault?.milliseconds ?? this.milliseconds, undefined, {
        signal: this.stopped.signal,
      }).catch(() => undefined);
      if (request.fault?.dies !== undefined) {
        request.undo?.();
        throw new Error(request.fault.dies);
      }
      await worker(log);
      for (const line of request.fault?.warnings ?? []) log.warn(line);
      end(task, warnings.length === 0 ? "OK" : `WARNINGS: ${warnings.length}`);
    } catch (error) {
      end(task, reasonOf(error));
    }
  }
}

function end(task: Task, exitstatus: string): void {
  if (task.status === "stopped") return;
  task.status = "stopped";
  task.exitstatus = exitstatus;
  task.endtime = Math.floor(Date.now() / 1000);
  task.log.push(
    exitstatus === "OK" || exitstatus.startsWith("WARNINGS")
      ? `TASK ${exitstatus}`
      : `TASK ERROR: ${exitstatus}`,
  );
}
