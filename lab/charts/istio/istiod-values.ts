import { z } from "zod";
import * as fields from "../kubernetes-fields";

const texts = z.array(z.string());
const seccompProfile = z.strictObject({ type: z.string().optional() });

const provider = z.strictObject({
  name: z.string(),
  envoyFileAccessLog: z
    .strictObject({
      path: z.string(),
      logFormat: z.strictObject({ text: z.string().optional(), labels: fields.labels.optional() }).optional(),
    })
    .optional(),
  opentelemetry: z
    .strictObject({ service: z.string(), port: fields.count, maxTagLength: fields.count.optional() })
    .optional(),
  zipkin: z.strictObject({ service: z.string(), port: fields.count }).optional(),
});

/** meshConfig, of Istio's own API. Source: https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/ */
const meshConfig = z.strictObject({
  rootNamespace: z.string().optional(),
  trustDomain: z.string().optional(),
  enablePrometheusMerge: z.boolean().optional(),
  enableTracing: z.boolean().optional(),
  accessLogFile: z.string().optional(),
  accessLogEncoding: z.enum(["TEXT", "JSON"]).optional(),
  accessLogFormat: z.string().optional(),
  ingressControllerMode: z.enum(["OFF", "DEFAULT", "STRICT"]).optional(),
  ingressClass: z.string().optional(),
  ingressService: z.string().optional(),
  ingressSelector: z.string().optional(),
  outboundTrafficPolicy: z.strictObject({ mode: z.enum(["ALLOW_ANY", "REGISTRY_ONLY"]) }).optional(),
  pathNormalization: z.strictObject({ normalization: z.string() }).optional(),
  defaultHttpRetryPolicy: z.strictObject({ attempts: fields.count }).optional(),
  localityLbSetting: z.strictObject({ enabled: z.boolean() }).optional(),
  extensionProviders: z.array(provider).optional(),
  defaultProviders: z
    .strictObject({
      accessLogging: texts.optional(),
      metrics: texts.optional(),
      tracing: texts.optional(),
    })
    .optional(),
  defaultConfig: z
    .strictObject({
      holdApplicationUntilProxyStarts: z.boolean().optional(),
      drainDuration: z.string().optional(),
      terminationDrainDuration: z.string().optional(),
      gatewayTopology: z
        .strictObject({
          numTrustedProxies: fields.count.optional(),
          forwardClientCertDetails: z.string().optional(),
          proxyProtocol: z.strictObject({}).optional(),
        })
        .optional(),
      proxyHeaders: z
        .strictObject({
          requestId: z.strictObject({ disabled: z.boolean() }).optional(),
          server: z.strictObject({ disabled: z.boolean() }).optional(),
        })
        .optional(),
      tracing: z.strictObject({ sampling: z.number() }).optional(),
      proxyMetadata: fields.labels.optional(),
    })
    .optional(),
});

/** values of the istiod chart that the lab's rendering reads: one control plane, without ambient mesh. */
export const values = z.strictObject({
  autoscaleEnabled: z.boolean(),
  autoscaleMin: fields.count,
  autoscaleMax: fields.count,
  cpu: z.strictObject({ targetAverageUtilization: fields.count }),
  replicaCount: fields.count,
  rollingMaxSurge: fields.amount,
  rollingMaxUnavailable: fields.amount,
  traceSampling: z.number(),
  resources: fields.resources,
  seccompProfile,
  gateways: z.strictObject({ seccompProfile }),
  env: z.record(z.string(), z.union([z.string(), z.boolean(), z.number()])),
  affinity: fields.affinity,
  tolerations: fields.tolerations,
  nodeSelector: fields.labels,
  topologySpreadConstraints: fields.topologySpreadConstraints,
  podAnnotations: fields.labels,
  podLabels: fields.labels,
  deploymentLabels: fields.labels,
  revision: z.literal(""),
  pdb: z.strictObject({
    minAvailable: fields.amount.optional(),
    maxUnavailable: fields.amount.optional(),
    unhealthyPodEvictionPolicy: z.string(),
  }),
  telemetry: z.strictObject({
    enabled: z.boolean(),
    v2: z.strictObject({ enabled: z.boolean(), prometheus: z.strictObject({ enabled: z.boolean() }) }),
  }),
  sidecarInjectorWebhook: z.strictObject({
    enableNamespacesByDefault: z.literal(false),
    reinvocationPolicy: z.string(),
  }),
  meshConfig,
  global: z.strictObject({
    istioNamespace: z.string(),
    hub: z.string(),
    tag: z.string(),
    variant: z.enum(["", "distroless", "debug"]),
    imagePullPolicy: z.string(),
    defaultPodDisruptionBudget: z.strictObject({ enabled: z.boolean() }),
    configValidation: z.boolean(),
    logAsJson: z.boolean(),
    logging: z.strictObject({ level: z.string() }),
    priorityClassName: z.string(),
    proxy: z.strictObject({
      clusterDomain: z.string(),
      autoInject: z.enum(["enabled", "disabled"]),
      logLevel: z.string(),
      resources: fields.resources,
    }),
  }),
});

export type IstiodValues = z.infer<typeof values>;

/** defaults. Source: https://github.com/istio/istio/blob/1.30.3/manifests/charts/istio-control/istio-discovery/values.yaml */
export const defaults = {
  autoscaleEnabled: true,
  autoscaleMin: 1,
  autoscaleMax: 5,
  cpu: { targetAverageUtilization: 80 },
  replicaCount: 1,
  rollingMaxSurge: "100%",
  rollingMaxUnavailable: "25%",
  traceSampling: 1,
  resources: { requests: { cpu: "500m", memory: "2048Mi" } },
  seccompProfile: {},
  gateways: { seccompProfile: {} },
  env: {},
  affinity: {},
  tolerations: [],
  nodeSelector: {},
  topologySpreadConstraints: [],
  podAnnotations: {},
  podLabels: {},
  deploymentLabels: {},
  revision: "",
  pdb: { minAvailable: 1, unhealthyPodEvictionPolicy: "" },
  telemetry: { enabled: true, v2: { enabled: true, prometheus: { enabled: true } } },
  sidecarInjectorWebhook: { enableNamespacesByDefault: false, reinvocationPolicy: "Never" },
  meshConfig: { enablePrometheusMerge: true },
  global: {
    istioNamespace: "istio-system",
    // A release names its own images: its build writes hub and tag into the chart.
    hub: "registry.istio.io/release",
    tag: "1.30.4",
    variant: "",
    imagePullPolicy: "",
    defaultPodDisruptionBudget: { enabled: true },
    configValidation: true,
    logAsJson: false,
    logging: { level: "default:info" },
    priorityClassName: "",
    proxy: {
      clusterDomain: "cluster.local",
      autoInject: "enabled",
      logLevel: "warning",
      resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { cpu: "2000m", memory: "1024Mi" } },
    },
  },
};
