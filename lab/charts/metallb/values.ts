import { z } from "zod";
import * as fields from "../kubernetes-fields";

const image = z.strictObject({
  repository: z.string(),
  tag: z.string().nullish(),
  pullPolicy: z.string().nullish(),
});

const probe = fields.probeTimes.extend({ enabled: z.boolean(), port: fields.count });

const component = z.strictObject({
  enabled: z.literal(true),
  logLevel: z.enum(["all", "debug", "info", "warn", "error", "none"]),
  image,
  serviceAccount: z.strictObject({ create: z.literal(true), name: z.string(), annotations: fields.labels }),
  securityContext: fields.podSecurityContext,
  resources: fields.resources,
  nodeSelector: fields.labels,
  tolerations: fields.tolerations,
  priorityClassName: z.string(),
  affinity: fields.affinity,
  podAnnotations: fields.labels,
  labels: fields.labels,
  livenessProbe: probe,
  readinessProbe: probe,
});

export type Component = z.infer<typeof component>;

/** values of the chart that the lab's rendering reads: layer 2 and native BGP; FRR in neither of its forms. */
export const values = z.strictObject({
  loadBalancerClass: z.string(),
  rbac: z.strictObject({ create: z.literal(true) }),
  prometheus: z.strictObject({
    scrapeAnnotations: z.boolean(),
    metricsPort: fields.count,
    rbacPrometheus: z.boolean(),
    serviceAccount: z.string(),
    namespace: z.string(),
  }),
  controller: component.extend({
    webhookMode: z.enum(["enabled", "disabled", "onlywebhook"]),
    strategy: z.strictObject({ type: z.string() }),
  }),
  speaker: component.extend({
    tolerateMaster: z.boolean(),
    memberlist: z.strictObject({
      enabled: z.boolean(),
      mlBindPort: fields.count,
      mlBindAddrOverride: z.string(),
      mlSecretKeyPath: z.string(),
    }),
    excludeInterfaces: z.strictObject({ enabled: z.boolean() }),
    ignoreExcludeLB: z.boolean(),
    updateStrategy: z.strictObject({ type: z.string() }),
    frr: z.strictObject({ enabled: z.literal(false) }),
  }),
  crds: z.strictObject({ enabled: z.boolean(), validationFailurePolicy: z.enum(["Fail", "Ignore"]) }),
  frrk8s: z.strictObject({
    enabled: z.literal(false, "the lab renders no frr-k8s"),
    external: z.literal(false),
  }),
  networkpolicies: z.strictObject({
    enabled: z.boolean(),
    defaultDeny: z.boolean(),
    apiPort: fields.count,
  }),
});

export type MetallbValues = z.infer<typeof values>;

const probeDefaults = {
  enabled: true,
  port: 17472,
  failureThreshold: 3,
  initialDelaySeconds: 10,
  periodSeconds: 10,
  successThreshold: 1,
  timeoutSeconds: 1,
};

const componentDefaults = {
  enabled: true,
  logLevel: "info",
  serviceAccount: { create: true, name: "", annotations: {} },
  resources: {},
  nodeSelector: {},
  tolerations: [],
  priorityClassName: "",
  affinity: {},
  podAnnotations: {},
  labels: {},
  livenessProbe: probeDefaults,
  readinessProbe: probeDefaults,
};

/** defaults. Source: https://github.com/metallb/metallb/blob/v0.16.1/charts/metallb/values.yaml */
export const defaults = {
  loadBalancerClass: "",
  rbac: { create: true },
  prometheus: {
    scrapeAnnotations: false,
    metricsPort: 9120,
    rbacPrometheus: true,
    serviceAccount: "",
    namespace: "",
  },
  controller: {
    ...componentDefaults,
    image: { repository: "quay.io/metallb/controller" },
    webhookMode: "enabled",
    strategy: { type: "RollingUpdate" },
    securityContext: { runAsNonRoot: true, runAsUser: 65534, fsGroup: 65534 },
  },
  speaker: {
    ...componentDefaults,
    image: { repository: "quay.io/metallb/speaker" },
    tolerateMaster: true,
    memberlist: {
      enabled: true,
      mlBindPort: 7946,
      mlBindAddrOverride: "",
      mlSecretKeyPath: "/etc/ml_secret_key",
    },
    excludeInterfaces: { enabled: true },
    ignoreExcludeLB: false,
    updateStrategy: { type: "RollingUpdate" },
    securityContext: {},
    frr: { enabled: false },
  },
  crds: { enabled: true, validationFailurePolicy: "Fail" },
  frrk8s: { enabled: true, external: false },
  networkpolicies: { enabled: false, defaultDeny: false, apiPort: 6443 },
};
