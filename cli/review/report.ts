import { json } from "../../review/render/json";
import { markdown } from "../../review/render/markdown";
import type { PlaceOf } from "../../review/render/sections";
import { text } from "../../review/render/text";
import type { Review } from "../../review/review";

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

/** refused: a guard holds that nobody has overridden. */
export function refused({ violations }: Review): boolean {
  return violations.some(({ accepted }) => accepted === undefined);
}

/** refusal, the exit status for a plan that would harm the cluster. */
export const refusal = 2;
