import { z } from "zod";
import * as fields from "../kubernetes-fields";
import { entryPoint } from "./entry-point";

const texts = z.array(z.string());
const field = z.enum(["keep", "drop", "redact"]);

const tls = z.strictObject({ insecureSkipVerify: z.boolean().nullish(), ca: z.string().optional() });

const telemetryTarget = z.strictObject({
  enabled: z.boolean().default(false),
  http: z
    .strictObject({
      enabled: z.boolean().default(false),
      endpoint: z.string().default(""),
      headers: z.record(z.string(), z.string()).default({}),
      tls: tls.optional(),
    })
    .optional(),
  grpc: z
    .strictObject({
      enabled: z.boolean().default(false),
      endpoint: z.string().default(""),
      insecure: z.boolean().default(false),
      tls: tls.optional(),
    })
    .optional(),
});

const deployment = z.strictObject({
  enabled: z.literal(true),
  kind: z.enum(["Deployment", "DaemonSet"]),
  replicas: fields.count.nullish(),
  revisionHistoryLimit: fields.count.nullish(),
  terminationGracePeriodSeconds: fields.count,
  minReadySeconds: fields.count,
  annotations: fields.labels,
  labels: fields.labels,
  podAnnotations: fields.labels,
  podLabels: fields.labels,
  lifecycle: fields.lifecycle,
});

const kubernetesCRD = z.strictObject({
  enabled: z.boolean(),
  allowCrossNamespace: z.boolean(),
  allowExternalNameServices: z.boolean(),
  allowEmptyServices: z.boolean().optional(),
  crossProviderNamespaces: texts,
  defaultTLSResourcesNamespace: z.string(),
  ingressClass: z.string(),
  labelSelector: z.string(),
  namespaces: texts,
  nativeLBByDefault: z.boolean(),
  safeNaming: z.boolean(),
});

const kubernetesIngress = z.strictObject({
  enabled: z.boolean(),
  allowExternalNameServices: z.boolean(),
  allowEmptyServices: z.boolean().optional(),
  crossProviderNamespaces: texts,
  ingressClass: z.string().nullish(),
  labelSelector: z.string().nullish(),
  namespaces: texts,
  publishedService: z.strictObject({ enabled: z.boolean(), pathOverride: z.string() }),
  nativeLBByDefault: z.boolean(),
  strictPrefixMatching: z.boolean(),
});

const kubernetesGateway = z.strictObject({
  enabled: z.boolean(),
  crossProviderNamespaces: texts,
  experimentalChannel: z.boolean(),
  namespaces: texts,
  labelSelector: z.string(),
  nativeLBByDefault: z.boolean(),
  statusAddress: z.strictObject({
    ip: z.string(),
    hostname: z.string(),
    service: z.strictObject({ enabled: z.boolean(), name: z.string(), namespace: z.string() }),
  }),
});

const accessLog = z.strictObject({
  enabled: z.boolean(),
  format: z.enum(["common", "genericCLF", "json"]).nullish(),
  bufferingSize: fields.count.nullish(),
  timezone: z.string(),
  filters: z.strictObject({ statusCodes: z.string(), retryAttempts: z.boolean(), minDuration: z.string() }),
  addInternals: z.boolean(),
  dualOutput: z.literal(false),
  fields: z.strictObject({
    defaultMode: field,
    names: z.record(z.string(), field),
    headers: z.strictObject({ defaultMode: field, names: z.record(z.string(), field) }),
    queryParameters: z.strictObject({ defaultMode: z.enum(["keep", "drop"]).nullish() }),
  }),
});

const prometheus = z.strictObject({
  entryPoint: z.string(),
  addEntryPointsLabels: z.boolean().nullish(),
  addRoutersLabels: z.boolean().nullish(),
  addServicesLabels: z.boolean().nullish(),
  buckets: z.string(),
  manualRouting: z.boolean(),
  headerLabels: z.record(z.string(), z.string()),
  service: z.strictObject({ enabled: z.boolean(), labels: fields.labels, annotations: fields.labels }),
});

const tracing = z.strictObject({
  addInternals: z.boolean(),
  serviceName: z.string().nullish(),
  resourceAttributes: z.record(z.string(), z.string()),
  capturedRequestHeaders: texts,
  capturedResponseHeaders: texts,
  safeQueryParams: texts,
  sampleRate: z.number().nullish(),
  otlp: telemetryTarget.optional(),
});

const gateway = z.strictObject({
  enabled: z.boolean(),
  name: z.string(),
  namespace: z.string(),
  annotations: fields.labels,
  listeners: z.record(
    z.string(),
    z.strictObject({
      port: fields.count,
      protocol: z.string(),
      hostname: z.string().optional(),
      namespacePolicy: z.strictObject({ from: z.string() }).nullish(),
      mode: z.string().optional(),
      certificateRefs: z.array(z.strictObject({ name: z.string(), kind: z.string().optional() })).optional(),
    }),
  ),
});

const tlsOption = z.strictObject({
  labels: fields.labels.optional(),
  alpnProtocols: texts.optional(),
  cipherSuites: texts.optional(),
  curvePreferences: texts.optional(),
  minVersion: z.string().optional(),
  maxVersion: z.string().optional(),
  sniStrict: z.boolean().optional(),
});

/** values of the chart that the lab's rendering reads; any other is refused. */
export const values = z.strictObject({
  image: z.strictObject({
    registry: z.string().nullish(),
    repository: z.string().nullish(),
    tag: z.string().nullish(),
    digest: z.string().nullish(),
    pullPolicy: z.string(),
  }),
  commonLabels: fields.labels,
  deployment,
  podDisruptionBudget: z.strictObject({
    enabled: z.boolean(),
    minAvailable: fields.amount.nullish(),
    maxUnavailable: fields.amount.nullish(),
  }),
  ingressClass: z.strictObject({ enabled: z.boolean(), isDefaultClass: z.boolean(), name: z.string() }),
  core: z.strictObject({ strictTLSOptions: z.boolean() }),
  gateway,
  gatewayClass: z.strictObject({ enabled: z.boolean(), name: z.string(), labels: fields.labels }),
  api: z.strictObject({ dashboard: z.boolean().optional(), insecure: z.boolean().optional() }),
  updateStrategy: z.strictObject({
    type: z.enum(["RollingUpdate", "OnDelete", "Recreate"]),
    rollingUpdate: z.strictObject({
      maxUnavailable: fields.amount.optional(),
      maxSurge: fields.amount.optional(),
    }),
  }),
  readinessProbe: fields.probeTimes,
  livenessProbe: fields.probeTimes,
  providers: z.strictObject({ kubernetesCRD, kubernetesIngress, kubernetesGateway }),
  log: z.strictObject({
    format: z.enum(["common", "json"]).nullish(),
    level: z.string(),
    noColor: z.boolean(),
  }),
  accessLog,
  metrics: z.strictObject({ addInternals: z.boolean(), prometheus: prometheus.nullish() }),
  tracing,
  global: z.strictObject({
    checkNewVersion: z.boolean(),
    sendAnonymousUsage: z.boolean(),
    notAppendXForwardedFor: z.boolean(),
  }),
  additionalArguments: texts,
  env: fields.environment,
  ports: z.record(z.string(), entryPoint),
  tlsOptions: z.record(z.string(), tlsOption),
  tlsStore: z.record(
    z.string(),
    z.strictObject({ defaultCertificate: z.strictObject({ secretName: z.string() }).optional() }),
  ),
  service: z.strictObject({
    enabled: z.boolean(),
    single: z.literal(true).optional(),
    annotations: fields.labels,
    labels: fields.labels,
    spec: fields.serviceSpec,
  }),
  hostNetwork: z.boolean(),
  rbac: z.strictObject({ enabled: z.boolean() }),
  resources: fields.resources,
  affinity: fields.affinity,
  nodeSelector: fields.labels,
  tolerations: fields.tolerations,
  topologySpreadConstraints: fields.topologySpreadConstraints,
  priorityClassName: z.string(),
  securityContext: fields.containerSecurityContext,
  podSecurityContext: fields.podSecurityContext,
});

export type TraefikValues = z.infer<typeof values>;
