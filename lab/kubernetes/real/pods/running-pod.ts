import type { KubernetesObjectLike } from "../../contract";

/** RunningPod is what answers in a pod's place, or for some pods the real program. */
export interface RunningPod {
  /** isReady, whether that container would pass its readiness probe now. */
  isReady(container: string): Promise<boolean>;
  /** end as a kubelet does after the preStop hook: ask to end, wait at most that long, kill. */
  end(graceSeconds: number): Promise<void>;
  /** kill at once, as a machine that is switched off. */
  kill(): Promise<void>;
}

export type StartPod = (pod: KubernetesObjectLike) => Promise<RunningPod>;

/** absentPod runs nothing: its containers are called ready, and nobody listens. */
export const absentPod: RunningPod = {
  isReady: () => Promise.resolve(true),
  end: () => Promise.resolve(),
  kill: () => Promise.resolve(),
};
