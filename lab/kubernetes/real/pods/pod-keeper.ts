import type { Json, JsonObject, KubernetesObjectLike } from "../../contract";
import { at, isObject, listAt, numberAt, textAt } from "../../json";
import { ApiRefusal, type Client, refer } from "../client";
import { watch } from "../watch";
import { preStop } from "./pre-stop";
import { keepReadiness } from "./readiness";
import type { RunningPod, StartPod } from "./running-pod";

export interface PodKeeperOptions {
  readonly client: Client;
  readonly start: StartPod;
  readonly report: (text: string) => void;
}

/** PodKeeper does for pods what a kubelet does beyond what KWOK plays: start, readiness, drain, end. */
export interface PodKeeper {
  /** setNode follows a machine: with it, its pods come and go. */
  setNode(name: string, runs: boolean): void;
  close(): Promise<void>;
}

export async function keepPods(options: PodKeeperOptions): Promise<PodKeeper> {
  const { client, report } = options;
  const runs = new Map<string, PodRun>();
  const stopped = new Set<string>();
  const isUp = (pod: KubernetesObjectLike): boolean => !stopped.has(textAt(pod, "spec", "nodeName") ?? "");
  const cannotEnd = (error: unknown): void => {
    report(`a pod could not be ended: ${String(error)}`);
  };
  const drop = (uid: string): void => {
    const run = runs.get(uid);
    runs.delete(uid);
    run?.kill().catch(cannotEnd);
  };
  const consider = (pod: KubernetesObjectLike): void => {
    const { uid = "", deletionTimestamp } = pod.metadata;
    const run = runs.get(uid);
    run?.observe(pod);
    if (deletionTimestamp !== undefined) {
      if (!isUp(pod) || textAt(pod, "spec", "nodeName") === undefined) return;
      if (run === undefined) runs.set(uid, new PodRun(options, pod));
      runs.get(uid)?.end(pod);
    } else if (run === undefined && isUp(pod) && runsNow(pod)) {
      runs.set(uid, new PodRun(options, pod));
    } else if (textAt(pod, "status", "phase") === "Succeeded") drop(uid);
  };
  const pods = await watch(
    client,
    { apiVersion: "v1", kind: "Pod" },
    { present: consider, gone: ({ metadata }) => drop(metadata.uid ?? "") },
  );
  return {
    setNode(name, isRunning) {
      if (isRunning) stopped.delete(name);
      else stopped.add(name);
      for (const pod of pods.all().filter((one) => textAt(one, "spec", "nodeName") === name)) {
        if (isRunning) consider(pod);
        else {
          drop(pod.metadata.uid ?? "");
          setReady(client, pod, false, "NodeNotReady").catch(cannotEnd);
        }
      }
    },
    async close() {
      pods.close();
      const all = [...runs.values()];
      runs.clear();
      await Promise.all(all.map((run) => run.kill().catch(cannotEnd)));
    },
  };
}

/** runsNow: KWOK has given it an address, and it is no Job's, which is over at once. */
function runsNow(pod: KubernetesObjectLike): boolean {
  const isJob = listAt(pod, "metadata", "ownerReferences").some((owner) => textAt(owner, "kind") === "Job");
  return !isJob && textAt(pod, "status", "phase") === "Running" && at(pod, "status", "podIP") !== undefined;
}

/** PodRun is one pod's life on its node, from its first start to its last moment. */
class PodRun {
  private readonly started: Promise<RunningPod | undefined>;
  private readonly over = new AbortController();
  private ending: Promise<void> | undefined;

  constructor(
    private readonly options: PodKeeperOptions,
    private pod: KubernetesObjectLike,
  ) {
    const name = pod.metadata.name;
    const failed = (error: unknown): undefined => {
      options.report(
        `pod ${name} cannot run in the lab: ${error instanceof Error ? error.message : String(error)}`,
      );
    };
    this.started =
      pod.metadata.deletionTimestamp === undefined
        ? options.start(pod).catch(failed)
        : Promise.resolve(undefined);
    void this.started.then((running) => {
      if (running === undefined) return;
      const set = (ready: ReadonlyMap<string, boolean>): Promise<void> => this.report(ready);
      keepReadiness({ pod: () => this.pod, running, set, over: this.over.signal }).catch(failed);
    });
  }

  /** observe what the API shows now. */
  observe(pod: KubernetesObjectLike): void {
    this.pod = pod;
  }

  /** end once: the hook, then the signal, then the API is told that nothing is left. */
  end(pod: KubernetesObjectLike): void {
    this.ending ??= this.finish(pod).catch((error: unknown) => {
      this.options.report(`pod ${pod.metadata.name} cannot be ended: ${String(error)}`);
    });
  }

  async kill(): Promise<void> {
    this.over.abort();
    await (await this.started)?.kill();
  }

  private async finish(pod: KubernetesObjectLike): Promise<void> {
    const running = await this.started;
    const grace = numberAt(pod, "metadata", "deletionGracePeriodSeconds") ?? 30;
    const begun = performance.now();
    if (running !== undefined) {
      await preStop(pod, grace, this.over.signal);
      this.over.abort();
      await running.end(Math.max(1, grace - (performance.now() - begun) / 1000));
    }
    const { uid = "" } = pod.metadata;
    await ignoreMissing(
      this.options.client.delete(refer(pod), { gracePeriodSeconds: 0, preconditions: { uid } }),
    );
  }

  private report(ready: ReadonlyMap<string, boolean>): Promise<void> {
    const all = [...ready.values()].every(Boolean);
    const containerStatuses = listAt(this.pod, "status", "containerStatuses").map((status): Json => {
      if (!isObject(status)) return status;
      return { ...status, ready: ready.get(textAt(status, "name") ?? "") ?? false };
    });
    return setReady(this.options.client, this.pod, all, "ContainersNotReady", { containerStatuses });
  }
}

/** setReady in the API, which tells the Services. With a lost node it is the controller manager that does so. */
async function setReady(
  client: Client,
  pod: KubernetesObjectLike,
  ready: boolean,
  reason: string,
  status: JsonObject = {},
): Promise<void> {
  const condition = {
    status: ready ? "True" : "False",
    reason: ready ? null : reason,
    lastTransitionTime: new Date().toISOString().replace(/\.\d+Z$/, "Z"),
  };
  const conditions = ["ContainersReady", "Ready"].map((type) => ({ type, ...condition }));
  await ignoreMissing(client.patch(refer(pod), { status: { ...status, conditions } }, "/status"));
}

async function ignoreMissing(work: Promise<void>): Promise<void> {
  await work.catch((error: unknown) => {
    if (!(error instanceof ApiRefusal) || (error.code !== 404 && error.code !== 409)) throw error;
  });
}
