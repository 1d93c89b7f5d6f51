import { json } from "../../review/render/json";
import { markdown } from "../../review/render/markdown";
import type { PlaceOf } from "../../review/render/sections";
import { text } from "../../review/render/text";
import { review } from "../../review/review";
import type { Review } from "../../review/review";
import type { LeftBehind } from "../../review/verdict";
import type { Planned } from "../stacks/planning";
import type { Allowed } from "./allow";

export const formats = { text, markdown, json } as const;

export type Format = keyof typeof formats;

/** placesOf the cluster file, where it can be read; a report without lines is better than none. */
export async function placesOf(cluster: string | undefined): Promise<PlaceOf> {
  const { loadModel, loadClusterFile } = await import("../../load-cluster");
  const { ClusterProblems } = await import("../../config/problem");
  const { placesIn } = await import("./places");
  try {
    return placesIn(loadClusterFile(cluster).file, loadModel(cluster).model);
  } catch (error) {
    if (error instanceof ClusterProblems) return () => undefined;
    throw error;
  }
}

/** reviewOf stacks: of the plans of those that can be planned, and what the others wait for. */
export function reviewOf(
  results: readonly Planned[],
  leftBehind: readonly LeftBehind[],
  allowed: Allowed,
): Review {
  return review(
    results.flatMap((one) => (one.kind === "planned" ? [one.plan] : [])),
    allowed,
    {
      waiting: results.flatMap((one) =>
        one.kind === "waiting" ? [{ stack: one.stack.name, for: one.for }] : [],
      ),
      leftBehind,
    },
  );
}

/** refusal, the exit status for a plan that would harm the cluster. */
export const refusal = 2;
