import type { ExternalService, Exposure, Service } from "../config/model/services";
import { metadataOf } from "./metadata";
import type { KubernetesObject } from "./object";
import { appProtocols, portObjects } from "./services/ports";
import { serviceSelector } from "./workloads/selector";

/** serviceObjects: the Service that answers under a service's name; none in front of a workload without ports. */
export function serviceObjects(service: Service): readonly KubernetesObject[] {
  switch (service.kind) {
    case "external":
      return [externalName(service)];
    case "selecting":
      return [selecting(service, service.selector, service.exposure)];
    case "workload":
      return service.exposure === undefined
        ? []
        : [selecting(service, serviceSelector(service.workload), service.exposure)];
  }
}

function selecting(
  service: Service,
  selector: Readonly<Record<string, string>>,
  exposure: Exposure,
): KubernetesObject {
  const { type } = exposure;
  const outside = type === "NodePort" || type === "LoadBalancer";
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: metadataOf({
      ...service,
      annotations: { ...service.annotations, ...(type === "LoadBalancer" ? loadBalancer(exposure) : {}) },
    }),
    spec: {
      type: type === "headless" ? "ClusterIP" : type,
      clusterIP: type === "headless" ? "None" : undefined,
      externalTrafficPolicy: outside ? exposure.externalTrafficPolicy : undefined,
      selector,
      ports: portObjects(exposure.ports),
    },
  };
}

/**
 * loadBalancer's wishes as MetalLB reads them. An address decides its pool by itself; named beside it, the pool would
 * have to be the one of the reserved addresses.
 * @see https://metallb.io/usage/
 */
function loadBalancer({ address, pool, share }: Exposure): Record<string, string> {
  return {
    ...(address === undefined ? {} : { "metallb.io/loadBalancerIPs": address }),
    ...(pool === undefined || address !== undefined ? {} : { "metallb.io/address-pool": pool }),
    ...(share === undefined ? {} : { "metallb.io/allow-shared-ip": share }),
  };
}

/** externalName's port tells ingress engines where to connect; the cluster's DNS answers the name alone. */
function externalName(service: ExternalService): KubernetesObject {
  const { host, port, protocol } = service;
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: metadataOf(service),
    spec: {
      type: "ExternalName",
      externalName: host,
      ports: [
        { name: protocol, port, targetPort: port, protocol: "TCP", appProtocol: appProtocols[protocol] },
      ],
    },
  };
}
