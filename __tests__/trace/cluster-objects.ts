import type { Cluster } from "../../config/model";
import { resolve } from "../../config/resolve";
import { loadClusterFile } from "../../load-cluster";
import { renderChart } from "../../lab/charts";
import { engines } from "../../kubernetes/ingress";
import { networkObjects } from "../../kubernetes/network-objects";
import { platformCharts } from "../../kubernetes/platform-charts";
import { kubernetesObject, type KubernetesObject } from "../../trace/objects";

/** clusterOf an example, its ingress carried by another engine. */
export function clusterOf(file: string, engine?: string): Cluster {
  const [literal] = loadClusterFile(file).clusters;
  const { model } = resolve([engine === undefined ? literal : onEngine(literal, engine)], file);
  const [cluster] = model.clusters;
  if (cluster === undefined) throw new Error(`${file} has no cluster`);
  return cluster;
}

/** objectsOf a cluster: what its charts bring, and what its network stack makes. */
export function objectsOf(cluster: Cluster): KubernetesObject[] {
  const controller = cluster.ingress && engines[cluster.ingress.engine];
  const charts = platformCharts(cluster, controller).flatMap((chart) =>
    renderChart({ ...chart, name: chart.release, namespace: chart.namespace.name }, chart.values),
  );
  const made = networkObjects(cluster, controller).flatMap(({ objects }) => objects);
  return [...charts, ...made].map((object) => kubernetesObject.parse(JSON.parse(JSON.stringify(object))));
}

function onEngine(literal: unknown, engine: string): unknown {
  const [controller, carriedBy] = engine.split("/");
  if (typeof literal !== "object" || literal === null || !("ingress" in literal)) return literal;
  const ingress = {
    ...Object(literal.ingress),
    controller,
    ...(carriedBy === undefined ? {} : { carriedBy }),
  };
  return { ...literal, ingress };
}
