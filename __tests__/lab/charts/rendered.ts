import { chartRenderers, readCrds } from "../../../lab/charts";
import type { Json, KubernetesObjectLike } from "../../../lab/kubernetes/contract";
import { listAt } from "../../../lab/kubernetes/json";

/** rendered gives a chart's objects for a release, as they would reach the API. */
export function rendered(
  chart: string,
  values: Json = {},
  release = { name: chart, namespace: "somewhere" },
): readonly KubernetesObjectLike[] {
  const renderer = chartRenderers.find((each) => each.chart === chart);
  if (renderer === undefined) throw new Error(`no chart ${chart}`);
  return renderer.render(values, release, readCrds()).objects;
}

export function find(
  objects: readonly KubernetesObjectLike[],
  kind: string,
  name: string,
): KubernetesObjectLike {
  const found = objects.find((object) => object.kind === kind && object.metadata.name === name);
  if (found === undefined) throw new Error(`no ${kind} ${name} was rendered`);
  return found;
}

/** argumentsOf the first container of a workload. */
export function argumentsOf(workload: KubernetesObjectLike): string[] {
  return listAt(workload, "spec", "template", "spec", "containers", 0, "args").map(String);
}
