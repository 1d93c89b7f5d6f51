import { setTimeout as pause } from "node:timers/promises";

/** Visit is one request: when it was sent, and which server answered it. */
export interface Visit {
  /** at, in seconds since the visitor began. */
  readonly at: number;
  /** server; absent = nobody answered. */
  readonly server?: string;
}

/** Visitor asks again and again, one request after another, until it is told to stop. */
export interface Visitor {
  readonly visits: readonly Visit[];
  /** now, in seconds since it began. */
  now(): number;
  /** until the visits so far satisfy, for at most so many seconds; it returns whether they did. */
  until(isSatisfied: (visits: readonly Visit[]) => boolean, seconds: number): Promise<boolean>;
  stop(): Promise<void>;
}

const everyMs = 250;

export function sendVisitor(ask: () => Promise<{ readonly server: string }>): Visitor {
  const visits: Visit[] = [];
  const begun = performance.now();
  const now = (): number => (performance.now() - begun) / 1000;
  let isStopped = false;
  const walk = async (): Promise<void> => {
    while (!isStopped) {
      const at = now();
      const answer = await ask().catch(() => undefined);
      visits.push(answer === undefined ? { at } : { at, server: answer.server });
      await pause(everyMs);
    }
  };
  const walked = walk();
  return {
    visits,
    now,
    async until(isSatisfied, seconds) {
      const deadline = performance.now() + seconds * 1000;
      while (!isSatisfied(visits)) {
        if (performance.now() > deadline) return false;
        await pause(everyMs);
      }
      return true;
    },
    async stop() {
      isStopped = true;
      await walked;
    },
  };
}

/** answeredBy: the last visits, so many, were answered, by these servers and no other. */
export function answeredBy(visits: readonly Visit[], servers: readonly string[], last: number): boolean {
  const seen = visits.slice(-last).map(({ server }) => server ?? "");
  return (
    seen.length === last &&
    servers.every((server) => seen.includes(server)) &&
    seen.every((server) => servers.includes(server))
  );
}

/** summary of the visits since then: how many, how many nobody answered, and for how long nobody did. */
export function summary(visits: readonly Visit[], since: number): string {
  const later = visits.filter(({ at }) => at >= since);
  const failed = later.filter(({ server }) => server === undefined);
  const [first, last] = [failed[0], failed.at(-1)];
  const answeredAgain = later.find(({ at, server }) => server !== undefined && at > (last?.at ?? Infinity));
  const gap =
    first === undefined || answeredAgain === undefined
      ? ""
      : `, none for ${(answeredAgain.at - first.at).toFixed(1)} s`;
  return `${later.length} requests, ${failed.length} without an answer${gap}`;
}
