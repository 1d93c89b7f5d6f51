import type { TaskFault } from "./tasks/tasks";

/** RequestMatch selects requests; what is not given matches anything. */
export interface RequestMatch {
  readonly method?: "GET" | "POST" | "PUT" | "DELETE";
  /** path below /api2/json, as text that it contains or as pattern. */
  readonly path?: string | RegExp;
  /** times it happens, one after another. @default 1 */
  readonly times?: number;
  /** after, so many matching requests pass unharmed first. @default 0 */
  readonly after?: number;
}

/** Fault is what happens to a request. */
export type Fault =
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly reason: string;
      readonly errors?: Record<string, string>;
    }
  /** connection cut before anything is done. */
  | { readonly kind: "connection cut" }
  /** answer cut: all is done, and the connection breaks in the middle of the answer. */
  | { readonly kind: "answer cut" }
  /** meanwhile something else happens: before the request is looked at, instead of that, or when all is done and not yet answered. */
  | {
      readonly kind: "meanwhile";
      readonly when: "before" | "instead" | "done";
      readonly act: () => Promise<void> | void;
      /** task, what becomes of the worker that the request starts. */
      readonly task?: TaskFault;
    }
  | { readonly kind: "task"; readonly task: TaskFault };

/** Faults are the failures that a test asked for and that have not happened yet. */
export class Faults {
  private readonly pending: { match: RequestMatch; fault: Fault; skip: number; left: number }[] = [];

  /** add returns how many times the fault is still to happen. */
  add(match: RequestMatch, fault: Fault): () => number {
    const entry = { match, fault, skip: match.after ?? 0, left: match.times ?? 1 };
    this.pending.push(entry);
    return () => entry.left;
  }

  /** clear forgets those that have not happened. */
  clear(): void {
    this.pending.length = 0;
  }

  take(method: string, path: string): Fault | undefined {
    for (const entry of this.pending) {
      if (entry.left === 0 || !matches(entry.match, method, path)) continue;
      if (entry.skip > 0) {
        entry.skip -= 1;
        continue;
      }
      entry.left -= 1;
      return entry.fault;
    }
    return undefined;
  }
}

function matches(match: RequestMatch, method: string, path: string): boolean {
  if (match.method !== undefined && match.method !== method) return false;
  if (match.path === undefined) return true;
  return typeof match.path === "string" ? path.includes(match.path) : match.path.test(path);
}
