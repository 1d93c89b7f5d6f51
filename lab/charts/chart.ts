import type { KubernetesObjectLike } from "../kubernetes/contract";
import type { Crds } from "./crds";

/** ChartRenderer is the lab's own small rendering of one release of a published chart. */
export interface ChartRenderer {
  readonly repository: string;
  readonly chart: string;
  readonly version: string;
  readonly appVersion: string;
  /** render gives what Helm would apply; it refuses a value that it does not know. */
  render(values: unknown, release: Release, crds: Crds): Rendered;
}

/** Release is what a chart's templates know of the release they are rendered for. */
export interface Release {
  readonly name: string;
  readonly namespace: string;
}

export interface Rendered {
  /** crds of the chart's own crds folder: Helm creates those that are missing, and never touches them again. */
  readonly crds: readonly KubernetesObjectLike[];
  /** objects of the chart's templates, which the release owns. Hooks are left out: they are gone when Helm is done. */
  readonly objects: readonly KubernetesObjectLike[];
}

/** ChartRefusal is the lab's answer to a chart or a value that it cannot render. */
export class ChartRefusal extends Error {
  override readonly name = "ChartRefusal";
}
