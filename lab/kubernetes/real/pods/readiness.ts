import type { KubernetesObjectLike } from "../../contract";
import { at, listAt, numberAt, textAt } from "../../json";
import { isReady } from "../network/announcement";
import { pause } from "../pause";
import type { RunningPod } from "./running-pod";

const untilReadyMs = 200;
const afterMs = 1000;

export interface ReadinessOptions {
  /** pod as the API shows it now. */
  readonly pod: () => KubernetesObjectLike;
  readonly running: RunningPod;
  /** set by container what the API has to show. */
  readonly set: (ready: ReadonlyMap<string, boolean>) => Promise<void>;
  readonly over: AbortSignal;
}

/**
 * keepReadiness asks every container's probe, again and again, and sets what the API shows otherwise. A probe's own delay
 * and period are for programs that take their time; the lab asks sooner and keeps its failureThreshold.
 */
export async function keepReadiness({ pod, running, set, over }: ReadinessOptions): Promise<void> {
  const containers = listAt(pod(), "spec", "containers").map((container) => ({
    name: textAt(container, "name") ?? "",
    threshold: numberAt(container, "readinessProbe", "failureThreshold") ?? 3,
    failures: 0,
    ready: false,
  }));
  const isOver = (): boolean => over.aborted;
  while (!isOver()) {
    for (const container of containers) {
      const answered = await running.isReady(container.name).catch(() => false);
      container.failures = answered ? 0 : container.failures + 1;
      container.ready = answered || (container.ready && container.failures < container.threshold);
    }
    const ready = new Map(containers.map((container) => [container.name, container.ready]));
    const all = containers.every((container) => container.ready);
    if (!isOver() && !shows(pod(), ready, all)) await set(ready);
    await pause(all ? afterMs : untilReadyMs, over);
  }
}

/** shows: the API says the same. It says otherwise also when a controller took the node for lost meanwhile. */
function shows(pod: KubernetesObjectLike, ready: ReadonlyMap<string, boolean>, all: boolean): boolean {
  const statuses = listAt(pod, "status", "containerStatuses");
  return (
    isReady(pod) === all &&
    statuses.every((status) => at(status, "ready") === (ready.get(textAt(status, "name") ?? "") ?? false))
  );
}
