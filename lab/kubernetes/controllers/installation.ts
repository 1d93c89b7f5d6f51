import type { KubernetesObjectLike } from "../contract";
import { listAt, textsAt } from "../json";
import { type Desk, hasCondition } from "./desk";

/** running finds an operator's own Deployment by its labels; undefined = it is not there or not Available. */
export function running(
  desk: Desk,
  labels: Readonly<Record<string, string>>,
): KubernetesObjectLike | undefined {
  return desk
    .every("apps/v1", "Deployment")
    .find(
      (deployment) =>
        Object.entries(labels).every(([key, value]) => deployment.metadata.labels?.[key] === value) &&
        hasCondition(deployment, "Available"),
    );
}

/** argumentOf a workload's containers: the value of `--name=value`; `$(POD_NAMESPACE)` is where it runs. */
export function argumentOf(workload: KubernetesObjectLike, name: string): string | undefined {
  const containers = listAt(workload, "spec", "template", "spec", "containers");
  const words = containers.flatMap((container) => [
    ...textsAt(container, "command"),
    ...textsAt(container, "args"),
  ]);
  const value = words.find((word) => word.startsWith(`--${name}=`) || word === `--${name}`);
  return value?.replace(/^--[^=]+=?/, "").replace("$(POD_NAMESPACE)", workload.metadata.namespace ?? "");
}
