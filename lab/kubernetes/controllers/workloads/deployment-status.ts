import type { Json, JsonObject, KubernetesObjectLike } from "../../contract";
import { at, listAt, numberAt, textAt } from "../../json";
import { withCondition } from "../desk";
import { portionOf } from "./portion";

/** deploymentStatus from its ReplicaSets, in the words of the real controller. */
export function deploymentStatus(
  deployment: KubernetesObjectLike,
  current: KubernetesObjectLike | undefined,
  old: readonly KubernetesObjectLike[],
): JsonObject {
  const sets = current === undefined ? old : [current, ...old];
  const sum = (field: string): number =>
    sets.reduce((total, set) => total + (numberAt(set, "status", field) ?? 0), 0);
  const wanted = numberAt(deployment, "spec", "replicas") ?? 1;
  const [replicas, available, updated] = [
    sum("replicas"),
    sum("availableReplicas"),
    numberAt(current, "status", "replicas") ?? 0,
  ];
  const counts = {
    replicas,
    updatedReplicas: updated,
    readyReplicas: sum("readyReplicas"),
    availableReplicas: available,
    unavailableReplicas: Math.max(0, Math.max(wanted, replicas) - available),
  };
  const given = Object.entries(counts).filter(([, count]) => count > 0);
  return {
    observedGeneration: deployment.metadata.generation ?? 1,
    ...Object.fromEntries(given),
    conditions: conditionsOf(deployment, current, sets, { wanted, available, updated, replicas }),
  };
}

interface Counts {
  readonly wanted: number;
  readonly available: number;
  readonly updated: number;
  readonly replicas: number;
}

function conditionsOf(
  deployment: KubernetesObjectLike,
  current: KubernetesObjectLike | undefined,
  sets: readonly KubernetesObjectLike[],
  { wanted, available, updated, replicas }: Counts,
): readonly Json[] {
  const isThere = available >= wanted - mayLack(deployment, wanted);
  const isComplete = updated === wanted && replicas === wanted && available >= wanted;
  const setName = current?.metadata.name ?? "";
  const failure = sets
    .flatMap((set) => listAt(set, "status", "conditions"))
    .find((condition) => textAt(condition, "type") === "ReplicaFailure");
  const before = listAt(deployment, "status", "conditions").filter(
    (one) => textAt(one, "type") !== "ReplicaFailure",
  );
  const rolled = withCondition(
    withCondition(before, {
      type: "Available",
      status: isThere ? "True" : "False",
      reason: isThere ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
      message: isThere
        ? "Deployment has minimum availability."
        : "Deployment does not have minimum availability.",
    }),
    {
      type: "Progressing",
      status: "True",
      reason: isComplete ? "NewReplicaSetAvailable" : "ReplicaSetUpdated",
      message: `ReplicaSet "${setName}" ${isComplete ? "has successfully progressed" : "is progressing"}.`,
    },
  );
  if (failure === undefined) return rolled;
  return withCondition(rolled, {
    type: "ReplicaFailure",
    status: "True",
    reason: textAt(failure, "reason") ?? "FailedCreate",
    message: textAt(failure, "message") ?? "",
  });
}

function mayLack(deployment: KubernetesObjectLike, wanted: number): number {
  if (textAt(deployment, "spec", "strategy", "type") === "Recreate") return 0;
  const said = at(deployment, "spec", "strategy", "rollingUpdate", "maxUnavailable") ?? "25%";
  return portionOf(said, wanted, Math.floor);
}
