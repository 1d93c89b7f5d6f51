import type { JsonObject, KubernetesObjectLike } from "../../kubernetes/contract";
import type { ChartRenderer, Release } from "../chart";
import { someOf } from "../names";
import { grants, reads, rule, serviceAccount } from "../rbac";
import { readValues } from "../read-values";
import { defaults, type GatewayValues, values as schema } from "./gateway-values";
import { istioLabels, repository, version } from "./release";

/** gateway, an Envoy of its own behind the ingress address. */
export const gateway: ChartRenderer = {
  repository,
  chart: "gateway",
  version,
  appVersion: version,
  render(given, release) {
    const values = readValues(`istio gateway ${version}`, schema, defaults, given);
    const account = values.serviceAccount.name || nameOf(values, release);
    const { namespace } = release;
    const labels = labelsOf(values, release);
    const secrets = [rule(reads, "", "secrets")];
    return {
      crds: [],
      objects: [
        serviceAccount(account, namespace, labels),
        ...(values.rbac.enabled
          ? grants([{ kind: "Role", name: account, namespace, labels, rules: secrets, to: [account] }])
          : []),
        ...(values.service.type === "None" ? [] : [service(values, release)]),
        workload(values, release, account),
        ...autoscaler(values, release),
        ...disruptionBudget(values, release),
      ],
    };
  },
};

function nameOf(values: GatewayValues, release: Release): string {
  return values.name || release.name;
}

/** selectorLabels, by which a Gateway of Istio's own kind finds these pods: `istio` without the prefix. */
function selectorLabels(values: GatewayValues, release: Release): Record<string, string> {
  const name = nameOf(values, release);
  const { app, istio } = values.labels;
  return { app: app ?? name, istio: istio ?? name.replace(/^istio-/, "") };
}

function labelsOf(values: GatewayValues, release: Release): Record<string, string> {
  return {
    "app.kubernetes.io/name": nameOf(values, release),
    ...istioLabels(release, "gateway"),
    ...values.labels,
    ...selectorLabels(values, release),
  };
}

function metadataOf(values: GatewayValues, release: Release) {
  return {
    name: nameOf(values, release),
    namespace: release.namespace,
    labels: labelsOf(values, release),
    annotations: values.annotations,
  };
}

function service(values: GatewayValues, release: Release): KubernetesObjectLike {
  const { service: own } = values;
  const balanced = own.type === "LoadBalancer";
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: {
      ...metadataOf(values, release),
      annotations: { ...values.annotations, ...own.annotations },
    },
    spec: {
      loadBalancerIP: own.loadBalancerIP || undefined,
      allocateLoadBalancerNodePorts: balanced ? own.allocateLoadBalancerNodePorts : undefined,
      loadBalancerClass: balanced ? own.loadBalancerClass : undefined,
      ipFamilyPolicy: own.ipFamilyPolicy || undefined,
      ipFamilies: someOf(own.ipFamilies),
      loadBalancerSourceRanges: someOf(own.loadBalancerSourceRanges),
      externalTrafficPolicy: own.externalTrafficPolicy || undefined,
      type: own.type,
      ports: own.ports,
      selector: selectorLabels(values, release),
    },
  };
}

function workload(values: GatewayValues, release: Release, account: string): KubernetesObjectLike {
  const selector = selectorLabels(values, release);
  return {
    apiVersion: "apps/v1",
    kind: values.kind,
    metadata: metadataOf(values, release),
    spec: {
      replicas: values.autoscaling.enabled ? undefined : (values.replicaCount ?? undefined),
      strategy: someOf(values.strategy),
      minReadySeconds: values.minReadySeconds || undefined,
      selector: { matchLabels: selector },
      template: {
        metadata: {
          annotations: someOf(values.podAnnotations),
          labels: { ...labelsOf(values, release), "sidecar.istio.io/inject": "true" },
        },
        spec: {
          serviceAccountName: account,
          securityContext: someOf(values.securityContext) ?? {
            sysctls: [{ name: "net.ipv4.ip_unprivileged_port_start", value: "0" }],
          },
          containers: [container(values)],
          nodeSelector: someOf(values.nodeSelector),
          affinity: someOf(values.affinity),
          tolerations: someOf(values.tolerations),
          topologySpreadConstraints: someOf(values.topologySpreadConstraints),
          terminationGracePeriodSeconds: values.terminationGracePeriodSeconds,
          priorityClassName: values.priorityClassName || undefined,
        },
      },
    },
  };
}

/** container, whose image `auto` istiod's webhook replaces. */
function container(values: GatewayValues): JsonObject {
  return {
    name: "istio-proxy",
    image: "auto",
    securityContext: someOf(values.containerSecurityContext) ?? {
      capabilities: { drop: ["ALL"] },
      allowPrivilegeEscalation: false,
      privileged: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
    },
    env: Object.entries(values.env).map(([name, value]) => ({ name, value })),
    ports: [{ containerPort: 15090, protocol: "TCP", name: "http-envoy-prom" }],
    resources: values.resources,
    readinessProbe: someOf(values.readinessProbe),
    lifecycle: someOf(values.lifecycle),
  };
}

function autoscaler(values: GatewayValues, release: Release): KubernetesObjectLike[] {
  const { enabled, minReplicas, maxReplicas, targetCPUUtilizationPercentage } = values.autoscaling;
  if (!enabled || values.kind !== "Deployment") return [];
  const target = { averageUtilization: targetCPUUtilizationPercentage, type: "Utilization" };
  return [
    {
      apiVersion: "autoscaling/v2",
      kind: "HorizontalPodAutoscaler",
      metadata: metadataOf(values, release),
      spec: {
        scaleTargetRef: { apiVersion: "apps/v1", kind: values.kind, name: nameOf(values, release) },
        minReplicas,
        maxReplicas,
        metrics: [{ type: "Resource", resource: { name: "cpu", target } }],
      },
    },
  ];
}

/** disruptionBudget only where more than one pod is wanted: with one it would hold every drain. */
function disruptionBudget(values: GatewayValues, release: Release): KubernetesObjectLike[] {
  const { autoscaling, replicaCount, podDisruptionBudget } = values;
  const pods = autoscaling.enabled ? autoscaling.minReplicas : (replicaCount ?? 0);
  if (someOf(podDisruptionBudget) === undefined || pods <= 1) return [];
  const { name, namespace, labels } = metadataOf(values, release);
  return [
    {
      apiVersion: "policy/v1",
      kind: "PodDisruptionBudget",
      metadata: { name, namespace, labels },
      spec: { selector: { matchLabels: selectorLabels(values, release) }, ...podDisruptionBudget },
    },
  ];
}
