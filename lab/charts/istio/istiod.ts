import { stringify } from "yaml";
import type { JsonObject, KubernetesObjectLike } from "../../kubernetes/contract";
import type { ChartRenderer, Release } from "../chart";
import { grants, reads, rule, serviceAccount } from "../rbac";
import { coalesced, readValues } from "../read-values";
import { deployment } from "./istiod-deployment";
import { labelsOf, pilot } from "./istiod-labels";
import { defaults, type IstiodValues, values as schema } from "./istiod-values";
import { webhooks } from "./istiod-webhooks";
import { repository, version } from "./release";

/** istiod, Istio's control plane. The templates by which it writes sidecars are left out: no pod of the lab has one. */
export const istiod: ChartRenderer = {
  repository,
  chart: "istiod",
  version,
  appVersion: version,
  render(given, release) {
    const values = readValues(`istiod ${version}`, schema, defaults, given);
    const namespace = values.global.istioNamespace;
    return {
      crds: [],
      objects: [
        ...disruptionBudget(values, release),
        serviceAccount("istiod", namespace, labelsOf(release)),
        meshConfig(values, release),
        ...grants([
          {
            kind: "ClusterRole",
            name: `istiod-clusterrole-${release.namespace}`,
            namespace,
            labels: labelsOf(release),
            rules: [
              rule(["*"], "admissionregistration.k8s.io", "*"),
              ...istioGroups.map((group) => rule(["*"], group, "*")),
              rule(
                reads,
                "",
                "nodes",
                "pods",
                "services",
                "namespaces",
                "endpoints",
                "secrets",
                "configmaps",
              ),
              rule(reads, "discovery.k8s.io", "endpointslices"),
              rule(["*"], "networking.k8s.io", "ingresses", "ingressclasses", "ingresses/status"),
              rule(reads, "apiextensions.k8s.io", "customresourcedefinitions"),
              rule(["create"], "authentication.k8s.io", "tokenreviews"),
              rule(["create"], "authorization.k8s.io", "subjectaccessreviews"),
            ],
            to: ["istiod"],
          },
          {
            kind: "ClusterRole",
            name: `istiod-gateway-controller-${release.namespace}`,
            namespace,
            labels: labelsOf(release),
            rules: [rule(["*"], "apps", "deployments"), rule(["*"], "", "services", "serviceaccounts")],
            to: ["istiod"],
          },
          {
            kind: "Role",
            name: "istiod",
            namespace,
            labels: labelsOf(release),
            rules: [rule(["*"], "", "secrets"), rule(["*"], "coordination.k8s.io", "leases")],
            to: ["istiod"],
          },
        ]),
        service(release),
        deployment(values, release),
        ...autoscaler(values, release),
        ...webhooks(values, release),
      ],
    };
  },
};

const istioGroups = [
  "networking.istio.io",
  "security.istio.io",
  "telemetry.istio.io",
  "extensions.istio.io",
  "gateway.networking.k8s.io",
];

/** meshConfig, what every proxy of the mesh does: the values over Istio's own. */
function meshConfig(values: IstiodValues, release: Release): KubernetesObjectLike {
  const { telemetry, global } = values;
  const measures = telemetry.enabled && telemetry.v2.enabled && telemetry.v2.prometheus.enabled;
  const own: JsonObject = {
    trustDomain: "cluster.local",
    rootNamespace: global.istioNamespace,
    ...(measures &&
      values.meshConfig.defaultProviders === undefined && { defaultProviders: { metrics: ["prometheus"] } }),
    defaultConfig: { discoveryAddress: `istiod.${release.namespace}.svc:15012` },
  };
  const given: JsonObject = values.meshConfig;
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "istio", namespace: release.namespace, labels: { ...labelsOf(release), ...pilot } },
    data: {
      meshNetworks: "networks: {}",
      mesh: stringify(coalesced(own, given), { sortMapEntries: true, lineWidth: 0 }).trimEnd(),
    },
  };
}

function service(release: Release): KubernetesObjectLike {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: {
      name: "istiod",
      namespace: release.namespace,
      labels: { ...labelsOf(release), ...pilot, istio: "pilot" },
    },
    spec: {
      ports: [
        { port: 15010, name: "grpc-xds", protocol: "TCP" },
        { port: 15012, name: "https-dns", protocol: "TCP" },
        { port: 443, name: "https-webhook", targetPort: 15017, protocol: "TCP" },
        { port: 15014, name: "http-monitoring", protocol: "TCP" },
      ],
      selector: { app: "istiod", istio: "pilot" },
    },
  };
}

function autoscaler(values: IstiodValues, release: Release): KubernetesObjectLike[] {
  if (!values.autoscaleEnabled) return [];
  const target = { type: "Utilization", averageUtilization: values.cpu.targetAverageUtilization };
  return [
    {
      apiVersion: "autoscaling/v2",
      kind: "HorizontalPodAutoscaler",
      metadata: { name: "istiod", namespace: release.namespace, labels: { ...labelsOf(release), ...pilot } },
      spec: {
        maxReplicas: values.autoscaleMax,
        minReplicas: values.autoscaleMin,
        scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "istiod" },
        metrics: [{ type: "Resource", resource: { name: "cpu", target } }],
      },
    },
  ];
}

function disruptionBudget(values: IstiodValues, release: Release): KubernetesObjectLike[] {
  const pods = values.autoscaleEnabled ? values.autoscaleMin : values.replicaCount;
  if (!values.global.defaultPodDisruptionBudget.enabled || pods <= 1) return [];
  const { minAvailable, maxUnavailable, unhealthyPodEvictionPolicy } = values.pdb;
  return [
    {
      apiVersion: "policy/v1",
      kind: "PodDisruptionBudget",
      metadata: {
        name: "istiod",
        namespace: release.namespace,
        labels: { ...labelsOf(release), ...pilot, istio: "pilot" },
      },
      spec: {
        ...(maxUnavailable === undefined ? { minAvailable } : { maxUnavailable }),
        unhealthyPodEvictionPolicy: unhealthyPodEvictionPolicy || undefined,
        selector: { matchLabels: { app: "istiod", istio: "pilot" } },
      },
    },
  ];
}
