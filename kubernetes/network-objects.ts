import type { Cluster } from "../config/model";
import type { ConfigMap, Service } from "../config/model/services";
import { upgradePlans } from "../config/upgrades";
import { certificateObject, servedCertificates } from "./certificates";
import { http01Solver } from "./certificates/http01";
import { issuerObjects } from "./certificates/issuers";
import { clusterDnsObject } from "./dns";
import type { IngressController } from "./ingress/engine";
import { metadataOf } from "./metadata";
import { poolObjects } from "./metallb";
import { namespaceObject, namespacesToMake } from "./namespaces";
import type { Json, KubernetesObject } from "./object";
import { platformCharts } from "./platform-charts";
import { platformParts } from "./platform-parts";
import { serviceObjects } from "./services";
import { planObject } from "./upgrades/plans";
import { workloadObjects } from "./workloads";

/** ObjectGroup is what one entry of the file becomes. */
export interface ObjectGroup {
  readonly part: Part;
  /** name, unique in its part. */
  readonly name: string;
  readonly objects: readonly KubernetesObject[];
}

/** Part of the network stack, each deployed after those before it. */
export type Part = (typeof parts)[number];

export const parts = [
  "namespace",
  "pool",
  "dns",
  "issuer",
  "certificate",
  "ingress",
  "config-map",
  "service",
  "route",
  "upgrade",
] as const;

/** networkObjects of a cluster, part after part, in the order of the file; no group is empty. */
export function networkObjects(
  cluster: Cluster,
  controller: IngressController | undefined,
): readonly ObjectGroup[] {
  const { ingress, dns } = cluster;
  const shared = ingress === undefined || controller === undefined ? [] : controller.shared(cluster, ingress);
  const http01 = (): Json => {
    if (ingress === undefined)
      throw new Error("an http01 challenge comes in by an ingress, and there is none");
    return http01Solver(ingress.engine, shared);
  };
  const platform = [...platformCharts(cluster, controller), ...platformParts(cluster)];
  const groups: ObjectGroup[] = [
    ...namespacesToMake(cluster.namespaces, platform).map((namespace) =>
      group("namespace", namespace.name, [namespaceObject(namespace)]),
    ),
    ...cluster.loadBalancer.pools.map((pool) => group("pool", pool.name, poolObjects(pool))),
    group("dns", "cluster-dns", dns === undefined ? [] : [clusterDnsObject(dns)]),
    ...cluster.issuers.map((issuer) => group("issuer", issuer.name, issuerObjects(issuer, http01))),
    ...certificateGroups(cluster, controller),
    group("ingress", "ingress", shared),
    ...cluster.configMaps.map((configMap) =>
      group("config-map", configMap.name, [configMapObject(configMap)]),
    ),
    ...cluster.services.map((service) => group("service", service.name, objectsOf(service, cluster))),
    ...cluster.routes.map((route) => group("route", route.name, controller?.route(cluster, route) ?? [])),
    ...upgradeGroups(cluster),
  ];
  return groups.filter(({ objects }) => objects.length > 0);
}

function group(part: Part, name: string, objects: readonly KubernetesObject[]): ObjectGroup {
  return { part, name, objects };
}

/** certificateGroups are named with their namespace: two namespaces may hold a Secret of the same name. */
function certificateGroups(cluster: Cluster, controller: IngressController | undefined): ObjectGroup[] {
  const served = controller === undefined ? [] : servedCertificates(cluster, controller);
  return served.map((each) =>
    group("certificate", `${each.secretName}.${each.namespace}`, certificateObject(each)),
  );
}

function upgradeGroups(cluster: Cluster): ObjectGroup[] {
  const { upgrades } = cluster;
  if (upgrades === undefined) return [];
  return (["server", "agent"] as const).map((role) =>
    group("upgrade", upgradePlans[role], [planObject(role, cluster, upgrades)]),
  );
}

function objectsOf(service: Service, cluster: Cluster): readonly KubernetesObject[] {
  return [
    ...serviceObjects(service),
    ...(service.kind === "workload" ? workloadObjects(service, cluster) : []),
  ];
}

function configMapObject(configMap: ConfigMap): KubernetesObject {
  const { data } = configMap;
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: metadataOf(configMap),
    ...(Object.keys(data).length === 0 ? {} : { data }),
  };
}
