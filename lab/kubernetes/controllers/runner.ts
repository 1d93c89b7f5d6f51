import { setImmediate } from "node:timers/promises";
import type { Api } from "../store/api";
import { ApiProblem } from "../store/problem";
import type { Change } from "../store/store";
import type { Controller, Key } from "./controller";
import { Desk } from "./desk";

/** retryMs after a refusal, and how often before a controller waits for the next change. */
const retryMs = 25;
const retries = 6;

/** mostLooks at one key without a rest in between: more, and a controller undoes what another does. */
const mostLooks = 200;

/**
 * Runner lets controllers work: each change makes keys, each key is looked at once however many changes made it, and
 * never within the write that caused it. Nothing polls.
 */
export class Runner {
  private readonly queue = new Map<string, () => Promise<void>>();
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly looks = new Map<string, number>();
  private readonly failures = new Map<string, number>();
  private readonly idle: (() => void)[] = [];
  private working = false;
  private closed = false;

  constructor(
    api: Api,
    controllers: readonly Controller[],
    private readonly report: (text: string) => void,
  ) {
    const desks = controllers.map((controller) => ({ controller, desk: new Desk(api, controller.name) }));
    api.store.subscribe((change: Change) => {
      for (const { controller, desk } of desks)
        for (const key of controller.concerned(change, desk)) this.add(controller, key, desk);
    });
  }

  /** settled resolves when no controller has anything left to do, now or at a time it set. */
  settled(): Promise<void> {
    if (this.isIdle()) return Promise.resolve();
    return new Promise((resolve) => this.idle.push(resolve));
  }

  close(): void {
    this.closed = true;
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
    this.queue.clear();
    this.rest();
  }

  private add(controller: Controller, key: Key, desk: Desk): void {
    if (this.closed) return;
    this.queue.set(`${controller.name} ${key}`, () => this.look(controller, key, desk));
    if (this.working) return;
    this.working = true;
    void setImmediate().then(() => this.work());
  }

  private async work(): Promise<void> {
    for (let next = this.take(); next !== undefined; next = this.take()) {
      await next();
      // Requests are answered in between.
      await setImmediate();
    }
    this.looks.clear();
    this.working = false;
    this.rest();
  }

  private take(): (() => Promise<void>) | undefined {
    const [first] = this.queue;
    if (first === undefined) return undefined;
    this.queue.delete(first[0]);
    return first[1];
  }

  private async look(controller: Controller, key: Key, desk: Desk): Promise<void> {
    const name = `${controller.name} ${key}`;
    const count = (this.looks.get(name) ?? 0) + 1;
    this.looks.set(name, count);
    if (count > mostLooks) {
      this.report(`controller ${name}: it changes something for ever`);
      return;
    }
    try {
      const after = await controller.reconcile(key, desk);
      this.failures.delete(name);
      if (after !== undefined) this.later(controller, key, desk, after);
    } catch (error) {
      if (!(error instanceof ApiProblem)) {
        this.report(
          `controller ${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
        );
        return;
      }
      const failed = (this.failures.get(name) ?? 0) + 1;
      this.failures.set(name, failed);
      if (failed <= retries) this.later(controller, key, desk, retryMs * failed);
      else this.failures.delete(name);
    }
  }

  private later(controller: Controller, key: Key, desk: Desk, ms: number): void {
    if (this.closed) return;
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      this.add(controller, key, desk);
    }, ms);
    this.timers.add(timer);
  }

  private isIdle(): boolean {
    return !this.working && this.queue.size === 0 && this.timers.size === 0;
  }

  private rest(): void {
    if (!this.isIdle() && !this.closed) return;
    for (const resolve of this.idle.splice(0)) resolve();
  }
}
