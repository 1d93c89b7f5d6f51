import type { JsonObject, KubernetesObjectLike } from "../../kubernetes/contract";
import type { Release } from "../chart";
import { fullname, someOf } from "../names";
import { containerArguments } from "./arguments";
import { sorted } from "./flags";
import { goLimits } from "./go-limits";
import { labelsOf, selectorLabels } from "./labels";
import type { TraefikValues } from "./values";

/** workload, the Deployment or DaemonSet that runs Traefik. */
export function workload(values: TraefikValues, release: Release): KubernetesObjectLike {
  const { deployment, updateStrategy } = values;
  const { type, rollingUpdate } = updateStrategy;
  const strategy: JsonObject = { type, ...(type === "RollingUpdate" && { rollingUpdate }) };
  return {
    apiVersion: "apps/v1",
    kind: deployment.kind,
    metadata: {
      name: fullname(release, "traefik"),
      namespace: release.namespace,
      labels: { ...labelsOf(values, release), ...deployment.labels },
      annotations: deployment.annotations,
    },
    spec: {
      ...(deployment.kind === "Deployment"
        ? { replicas: deployment.replicas ?? undefined, strategy }
        : { updateStrategy: strategy }),
      revisionHistoryLimit: deployment.revisionHistoryLimit ?? undefined,
      selector: { matchLabels: selectorLabels(release) },
      minReadySeconds: deployment.minReadySeconds,
      template: podTemplate(values, release),
    },
  };
}

function podTemplate(values: TraefikValues, release: Release): JsonObject {
  const { deployment } = values;
  return {
    metadata: {
      annotations: { ...deployment.podAnnotations, ...scrapeAnnotations(values) },
      labels: { ...labelsOf(values, release), ...deployment.podLabels },
    },
    spec: {
      serviceAccountName: fullname(release, "traefik"),
      automountServiceAccountToken: true,
      terminationGracePeriodSeconds: deployment.terminationGracePeriodSeconds,
      hostNetwork: values.hostNetwork,
      containers: [container(values, release)],
      volumes: [
        { name: "data", emptyDir: {} },
        { name: "tmp", emptyDir: {} },
      ],
      affinity: someOf(values.affinity),
      tolerations: someOf(values.tolerations),
      nodeSelector: someOf(values.nodeSelector),
      priorityClassName: values.priorityClassName || undefined,
      securityContext: someOf(values.podSecurityContext),
      topologySpreadConstraints: someOf(values.topologySpreadConstraints),
    },
  };
}

function scrapeAnnotations({ metrics, ports }: TraefikValues): Record<string, string> {
  const port = metrics.prometheus && ports[metrics.prometheus.entryPoint]?.port;
  if (port === undefined || port === null) return {};
  return {
    "prometheus.io/scrape": "true",
    "prometheus.io/path": "/metrics",
    "prometheus.io/port": String(port),
  };
}

function container(values: TraefikValues, release: Release): JsonObject {
  const health = { path: "/ping", port: values.ports["traefik"]?.port, scheme: "HTTP" };
  return {
    name: fullname(release, "traefik"),
    image: image(values.image),
    imagePullPolicy: values.image.pullPolicy,
    resources: values.resources,
    readinessProbe: { httpGet: health, ...values.readinessProbe },
    livenessProbe: { httpGet: health, ...values.livenessProbe },
    lifecycle: someOf(values.deployment.lifecycle),
    ports: sorted(values.ports).map(([name, port]) => ({
      name: portName(name),
      containerPort: port.containerPort ?? port.port,
      hostPort: port.hostPort ?? undefined,
      hostIP: port.hostIP ?? undefined,
      protocol: port.protocol ?? "TCP",
    })),
    securityContext: someOf(values.securityContext),
    volumeMounts: [
      { name: "data", mountPath: "/data" },
      { name: "tmp", mountPath: "/tmp" },
    ],
    args: containerArguments(values, release),
    env: [
      { name: "POD_NAME", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
      { name: "POD_NAMESPACE", valueFrom: { fieldRef: { fieldPath: "metadata.namespace" } } },
      { name: "USER", value: "traefik" },
      ...goLimits(values.resources),
      ...timezone(values.accessLog),
      ...values.env,
    ],
  };
}

/** portName fits into the 15 characters that a port's name may have. */
export function portName(name: string): string {
  return name.toLowerCase().slice(0, 15);
}

function image({ registry, repository, tag, digest }: TraefikValues["image"]): string {
  const name = `${registry ?? "docker.io"}/${repository ?? "traefik"}`;
  return digest === undefined || digest === null ? `${name}:${tag ?? "v3.7.11"}` : `${name}@${digest}`;
}

function timezone({ timezone: name }: TraefikValues["accessLog"]): JsonObject[] {
  return name === "" ? [] : [{ name: "TZ", value: name }];
}
