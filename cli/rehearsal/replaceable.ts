import type { Cluster } from "../../config/model";
import type { Service } from "../../config/model/services";
import { requestsOf } from "./requests";

/** replaceableOf a cluster: services that requests reach and whose pods are replaced with none unavailable. */
export function replaceableOf(cluster: Cluster): string[] {
  const reached = new Set(
    requestsOf(cluster).flatMap(({ answer }) =>
      answer.kind === "services" ? Object.keys(answer.shares) : [],
    ),
  );
  return cluster.services.filter(staysAvailable).flatMap(({ name }) => (reached.has(name) ? [name] : []));
}

function staysAvailable(service: Service): boolean {
  if (service.kind !== "workload" || service.workload.kind !== "Deployment") return false;
  const { strategy, replicas } = service.workload;
  const unavailable = strategy.type === "RollingUpdate" ? strategy.maxUnavailable : replicas;
  return replicas > 0 && (unavailable === 0 || unavailable === "0%");
}
