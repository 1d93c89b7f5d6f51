import type { Json, KubernetesObjectLike } from "../../contract";
import { at, isObject, listAt, numberAt, textAt, textsAt } from "../../json";
import { pause } from "../pause";
import { readinessProbe } from "./probe";

/**
 * preStop runs the hooks of a pod's containers as far as the lab can: it sleeps for `sleep` and for a command that
 * sleeps, and sends an HTTP hook's request. Any other command is taken to end at once.
 */
export async function preStop(
  pod: KubernetesObjectLike,
  graceSeconds: number,
  over: AbortSignal,
): Promise<void> {
  const address = textAt(pod, "status", "podIP") ?? "";
  await Promise.all(
    listAt(pod, "spec", "containers").map(async (container) => {
      const hook = at(container, "lifecycle", "preStop");
      const http = at(hook, "httpGet");
      if (http !== undefined && isObject(container)) {
        await readinessProbe({ ...container, readinessProbe: { httpGet: http } }, address)?.();
      }
      await pause(Math.min(graceSeconds, sleepSeconds(hook)) * 1000, over);
    }),
  );
}

function sleepSeconds(hook: Json | undefined): number {
  const command = textsAt(hook, "exec", "command").join(" ");
  const asked = /\bsleep (\d+(?:\.\d+)?)/.exec(command)?.[1];
  return numberAt(hook, "sleep", "seconds") ?? Number(asked ?? 0);
}
