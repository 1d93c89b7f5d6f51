import type { KubernetesObjectLike } from "../../kubernetes/contract";
import { ChartRefusal, type ChartRenderer, type Release } from "../chart";
import { fullname } from "../names";
import { readValues } from "../read-values";
import { access } from "./access";
import { defaults } from "./defaults";
import { sorted } from "./flags";
import { labelsOf, selectorLabels, version } from "./labels";
import { services } from "./services";
import { type TraefikValues, values as schema } from "./values";
import { workload } from "./workload";

/** traefik, without Traefik Hub: neither its custom resources nor its values. */
export const traefik: ChartRenderer = {
  repository: "https://traefik.github.io/charts",
  chart: "traefik",
  version,
  appVersion: "v3.7.11",
  render(given, release, crds) {
    const values = readValues(`traefik ${version}`, schema, defaults, given);
    return {
      crds: crds.of("traefik"),
      objects: [
        ...access(values, release),
        ...services(values, release),
        workload(values, release),
        ...disruptionBudget(values, release),
        ...classes(values, release),
        ...gateway(values, release),
        ...tls(values, release),
      ],
    };
  },
};

function disruptionBudget(values: TraefikValues, release: Release): KubernetesObjectLike[] {
  const { enabled, minAvailable, maxUnavailable } = values.podDisruptionBudget;
  if (!enabled) return [];
  return [
    {
      apiVersion: "policy/v1",
      kind: "PodDisruptionBudget",
      metadata: {
        name: fullname(release, "traefik"),
        namespace: release.namespace,
        labels: labelsOf(values, release),
      },
      spec: {
        selector: { matchLabels: selectorLabels(release) },
        minAvailable: minAvailable ?? undefined,
        maxUnavailable: maxUnavailable ?? undefined,
      },
    },
  ];
}

function classes(values: TraefikValues, release: Release): KubernetesObjectLike[] {
  const { ingressClass, gatewayClass, providers } = values;
  const labels = labelsOf(values, release);
  return [
    ...(ingressClass.enabled
      ? [
          {
            apiVersion: "networking.k8s.io/v1",
            kind: "IngressClass",
            metadata: {
              name: ingressClass.name || fullname(release, "traefik"),
              labels,
              annotations: {
                "ingressclass.kubernetes.io/is-default-class": String(ingressClass.isDefaultClass),
              },
            },
            spec: { controller: "traefik.io/ingress-controller" },
          },
        ]
      : []),
    ...(gatewayClass.enabled && providers.kubernetesGateway.enabled
      ? [
          {
            apiVersion: "gateway.networking.k8s.io/v1",
            kind: "GatewayClass",
            metadata: { name: className(values), labels: { ...labels, ...gatewayClass.labels } },
            spec: { controllerName: "traefik.io/gateway-controller" },
          },
        ]
      : []),
  ];
}

function gateway(values: TraefikValues, release: Release): KubernetesObjectLike[] {
  const { enabled, name, namespace, annotations, listeners } = values.gateway;
  if (!enabled || !values.providers.kubernetesGateway.enabled) return [];
  const ports = Object.values(values.ports).map(({ port }) => port);
  for (const { port } of Object.values(listeners))
    if (!ports.includes(port)) throw new ChartRefusal(`ERROR: port ${port} is not declared in ports`);
  return [
    {
      apiVersion: "gateway.networking.k8s.io/v1",
      kind: "Gateway",
      metadata: {
        name: name || "traefik-gateway",
        namespace: namespace || release.namespace,
        labels: labelsOf(values, release),
        annotations,
      },
      spec: {
        gatewayClassName: className(values),
        listeners: sorted(listeners).map(([key, listener]) => ({
          name: key,
          port: listener.port,
          protocol: listener.protocol,
          hostname: listener.hostname || undefined,
          allowedRoutes: listener.namespacePolicy ? { namespaces: listener.namespacePolicy } : undefined,
          tls:
            listener.mode !== undefined || listener.certificateRefs !== undefined
              ? { mode: listener.mode, certificateRefs: listener.certificateRefs }
              : undefined,
        })),
      },
    },
  ];
}

function tls(values: TraefikValues, release: Release): KubernetesObjectLike[] {
  const base = labelsOf(values, release);
  return [
    ...sorted(values.tlsOptions).map(([name, { labels, ...spec }]) => ({
      apiVersion: "traefik.io/v1alpha1",
      kind: "TLSOption",
      metadata: { name, namespace: release.namespace, labels: { ...base, ...labels } },
      spec,
    })),
    ...sorted(values.tlsStore).map(([name, spec]) => ({
      apiVersion: "traefik.io/v1alpha1",
      kind: "TLSStore",
      metadata: { name, namespace: release.namespace, labels: base },
      spec,
    })),
  ];
}

function className({ gatewayClass }: TraefikValues): string {
  return gatewayClass.name || "traefik";
}
