import type { Place, Problem } from "../problem";
import { clusterSchema } from "../schema";
import type { ClusterInput } from "../schema";

export interface ReadCluster {
  readonly at: (...keys: string[]) => Place;
  /** input is absent where the literal's shape is wrong. */
  readonly input?: ClusterInput;
  readonly problems: readonly Problem[];
}

export function readCluster(literal: unknown, at: ReadCluster["at"]): ReadCluster {
  const result = clusterSchema.safeParse(literal);
  if (result.success) return { at, input: result.data, problems: [] };
  return {
    at,
    problems: result.error.issues.map((issue): Problem => ({
      code: "schema/shape",
      severity: "error",
      places: [at(...issue.path.map(String))],
      found: "",
      why: issue.message,
      fix: JSON.stringify(issue),
    })),
  };
}
