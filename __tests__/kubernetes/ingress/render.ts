import { isDeepStrictEqual } from "node:util";
import { stringify } from "yaml";
import type { Cluster } from "../../../config/model";
import type { EngineName } from "../../../config/model/ingress";
import { engines } from "../../../kubernetes/ingress";
import type { Json, KubernetesObject } from "../../../kubernetes/object";

/** objectsOf a cluster on an engine: what all routes share, and theirs. */
export function objectsOf(engine: EngineName, cluster: Cluster): readonly KubernetesObject[] {
  const controller = engines[engine];
  const { ingress } = cluster;
  if (ingress === undefined) throw new Error("a cluster without an ingress has nothing to render");
  return [
    ...controller.shared(cluster, ingress),
    ...cluster.routes.flatMap((route) => controller.route(cluster, route)),
  ];
}

/** chartsOf a cluster on an engine: each release with its values. */
export function chartsOf(engine: EngineName, cluster: Cluster): readonly Json[] {
  const { ingress } = cluster;
  if (ingress === undefined) throw new Error("a cluster without an ingress has nothing to render");
  return engines[engine]
    .charts(cluster, ingress)
    .map(({ release, chart, version, values }) => ({ release, chart, version, values }));
}

/** changesOf a cluster against another: what is new or looks different, as YAML. */
export function changesOf(engine: EngineName, cluster: Cluster, without: Cluster | undefined): string {
  const before = without ? documentsOf(engine, without) : [];
  return documentsOf(engine, cluster)
    .filter((document) => !before.some((known) => isDeepStrictEqual(known, document)))
    .map((document) => `---\n${stringify(document, { lineWidth: 0, aliasDuplicateObjects: false })}`)
    .join("");
}

function documentsOf(engine: EngineName, cluster: Cluster): readonly Json[] {
  return [...chartsOf(engine, cluster), ...objectsOf(engine, cluster)];
}
