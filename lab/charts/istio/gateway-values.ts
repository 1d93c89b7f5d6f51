import { z } from "zod";
import * as fields from "../kubernetes-fields";

/** values of the gateway chart that the lab's rendering reads; the older ones of networkGateway are not among them. */
export const values = z.strictObject({
  name: z.string(),
  revision: z.literal(""),
  replicaCount: fields.count.nullish(),
  kind: z.enum(["Deployment", "DaemonSet"]),
  rbac: z.strictObject({ enabled: z.boolean() }),
  serviceAccount: z.strictObject({ create: z.literal(true), annotations: fields.labels, name: z.string() }),
  podAnnotations: fields.labels,
  securityContext: fields.podSecurityContext,
  containerSecurityContext: fields.containerSecurityContext,
  service: z.strictObject({
    type: z.enum(["LoadBalancer", "NodePort", "ClusterIP", "None"]),
    ports: z.array(
      z.strictObject({
        name: z.string(),
        port: fields.count,
        protocol: z.string().optional(),
        targetPort: fields.amount.optional(),
        nodePort: fields.count.optional(),
      }),
    ),
    annotations: fields.labels,
    loadBalancerIP: z.string(),
    loadBalancerClass: z.string().optional(),
    loadBalancerSourceRanges: z.array(z.string()),
    externalTrafficPolicy: z.enum(["Local", "Cluster", ""]),
    allocateLoadBalancerNodePorts: z.boolean().optional(),
    ipFamilyPolicy: z.string(),
    ipFamilies: z.array(z.string()),
  }),
  resources: fields.resources,
  autoscaling: z.strictObject({
    enabled: z.boolean(),
    minReplicas: fields.count,
    maxReplicas: fields.count,
    targetCPUUtilizationPercentage: fields.count,
  }),
  env: fields.labels,
  strategy: z.strictObject({
    type: z.string().optional(),
    rollingUpdate: z
      .strictObject({ maxSurge: fields.amount.optional(), maxUnavailable: fields.amount.optional() })
      .optional(),
  }),
  minReadySeconds: fields.count.nullish(),
  readinessProbe: fields.probe,
  labels: fields.labels,
  annotations: fields.labels,
  nodeSelector: fields.labels,
  tolerations: fields.tolerations,
  topologySpreadConstraints: fields.topologySpreadConstraints,
  affinity: fields.affinity,
  podDisruptionBudget: z.strictObject({
    minAvailable: fields.amount.optional(),
    maxUnavailable: fields.amount.optional(),
    unhealthyPodEvictionPolicy: z.string().optional(),
  }),
  terminationGracePeriodSeconds: fields.count,
  priorityClassName: z.string(),
  lifecycle: fields.lifecycle,
});

export type GatewayValues = z.infer<typeof values>;

/** defaults. Source: https://github.com/istio/istio/blob/1.30.3/manifests/charts/gateway/values.yaml */
export const defaults = {
  name: "",
  revision: "",
  kind: "Deployment",
  rbac: { enabled: true },
  serviceAccount: { create: true, annotations: {}, name: "" },
  podAnnotations: {
    "prometheus.io/port": "15020",
    "prometheus.io/scrape": "true",
    "prometheus.io/path": "/stats/prometheus",
    "inject.istio.io/templates": "gateway",
    "sidecar.istio.io/inject": "true",
  },
  securityContext: {},
  containerSecurityContext: {},
  service: {
    type: "LoadBalancer",
    ports: [
      { name: "status-port", port: 15021, protocol: "TCP", targetPort: 15021 },
      { name: "http2", port: 80, protocol: "TCP", targetPort: 80 },
      { name: "https", port: 443, protocol: "TCP", targetPort: 443 },
    ],
    annotations: {},
    loadBalancerIP: "",
    loadBalancerSourceRanges: [],
    externalTrafficPolicy: "",
    ipFamilyPolicy: "",
    ipFamilies: [],
  },
  resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { cpu: "2000m", memory: "1024Mi" } },
  autoscaling: { enabled: true, minReplicas: 1, maxReplicas: 5, targetCPUUtilizationPercentage: 80 },
  env: {},
  strategy: {},
  readinessProbe: {},
  labels: { "istio.io/dataplane-mode": "none" },
  annotations: {},
  nodeSelector: {},
  tolerations: [],
  topologySpreadConstraints: [],
  affinity: {},
  podDisruptionBudget: {},
  terminationGracePeriodSeconds: 30,
  priorityClassName: "",
  lifecycle: {},
};
