import type { KubernetesObjectLike } from "../../kubernetes/contract";
import { ChartRefusal, type Release } from "../chart";
import { fullname } from "../names";
import { sorted } from "./flags";
import { labelsOf, selectorLabels } from "./labels";
import type { TraefikValues } from "./values";
import { portName } from "./workload";

/** services, the one that has the ingress address, and one for metrics where it is asked for. */
export function services(values: TraefikValues, release: Release): KubernetesObjectLike[] {
  const metrics = values.metrics.prometheus?.service;
  return [
    ...(values.service.enabled ? [entry(values, release)] : []),
    ...(metrics?.enabled === true ? [metricsService(values, release, metrics)] : []),
  ];
}

function entry(values: TraefikValues, release: Release): KubernetesObjectLike {
  const { annotations, labels, spec } = values.service;
  const name = fullname(release, "traefik");
  const ports = sorted(values.ports).filter(([, port]) => port.expose?.["default"] === true);
  if (ports.length === 0) throw new ChartRefusal(`ERROR: Cannot create Service ${name} without ports`);
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: {
      name,
      namespace: release.namespace,
      labels: { ...labelsOf(values, release), ...labels },
      annotations,
    },
    spec: {
      ...spec,
      selector: selectorLabels(release),
      ports: ports.map(([portKey, port]) => ({
        port: port.exposedPort ?? port.port,
        name: portName(portKey),
        targetPort: port.targetPort ?? portName(portKey),
        protocol: port.protocol ?? "TCP",
        nodePort: port.nodePort ?? undefined,
        appProtocol: port.appProtocol ?? undefined,
      })),
    },
  };
}

type MetricsService = NonNullable<TraefikValues["metrics"]["prometheus"]>["service"];

function metricsService(
  values: TraefikValues,
  release: Release,
  { labels, annotations }: MetricsService,
): KubernetesObjectLike {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: {
      name: `${fullname(release, "traefik")}-metrics`,
      namespace: release.namespace,
      labels: { ...labelsOf(values, release), "app.kubernetes.io/component": "metrics", ...labels },
      annotations,
    },
    spec: {
      type: "ClusterIP",
      selector: selectorLabels(release),
      ports: [
        { port: values.ports["metrics"]?.port, name: "metrics", targetPort: "metrics", protocol: "TCP" },
      ],
    },
  };
}
