import { z } from "zod";
import * as fields from "../kubernetes-fields";

const texts = z.array(z.string());

const budget = z.strictObject({
  enabled: z.boolean(),
  minAvailable: fields.amount.optional(),
  maxUnavailable: fields.amount.optional(),
  unhealthyPodEvictionPolicy: z.string().optional(),
});

/** component, what the controller, the webhook and the CA injector have in common. */
const component = {
  replicaCount: fields.count,
  podDisruptionBudget: budget,
  featureGates: z.string(),
  extraArgs: texts,
  extraEnv: fields.environment,
  resources: fields.resources,
  securityContext: fields.podSecurityContext,
  containerSecurityContext: fields.containerSecurityContext,
  podLabels: fields.labels,
  podAnnotations: fields.labels.optional(),
  nodeSelector: fields.labels,
  affinity: fields.affinity,
  tolerations: fields.tolerations,
  topologySpreadConstraints: fields.topologySpreadConstraints,
};

const gatewayAPI = z.strictObject({
  enabled: z.boolean().optional(),
  enableListenerSet: z.boolean().optional(),
});

const namespaceSelector = z.strictObject({
  namespaceSelector: fields.labelSelector,
});

/** values of the chart that the lab's rendering reads. Its startup check is a hook, and is left out. */
export const values = z.strictObject({
  ...component,
  global: z.strictObject({
    commonLabels: fields.labels,
    priorityClassName: z.string(),
    rbac: z.strictObject({ create: z.literal(true), aggregateClusterRoles: z.boolean() }),
    logLevel: fields.count,
    leaderElection: z.strictObject({ namespace: z.string() }),
    revisionHistoryLimit: fields.count.optional(),
  }),
  crds: z.strictObject({ enabled: z.boolean(), keep: z.boolean() }),
  config: z.strictObject({
    apiVersion: z.literal("controller.config.cert-manager.io/v1alpha1").optional(),
    kind: z.literal("ControllerConfiguration").optional(),
    gatewayAPI: gatewayAPI.optional(),
  }),
  maxConcurrentChallenges: fields.count,
  clusterResourceNamespace: z.string(),
  dns01RecursiveNameservers: z.string(),
  dns01RecursiveNameserversOnly: z.boolean(),
  enableCertificateOwnerRef: z.boolean(),
  ingressShim: z.strictObject({
    defaultIssuerName: z.string().optional(),
    defaultIssuerKind: z.string().optional(),
    defaultIssuerGroup: z.string().optional(),
  }),
  livenessProbe: fields.probeTimes.extend({ enabled: z.boolean() }),
  prometheus: z.strictObject({ enabled: z.boolean() }),
  webhook: z.strictObject({
    ...component,
    timeoutSeconds: fields.count,
    securePort: fields.count,
    hostNetwork: z.boolean(),
    livenessProbe: fields.probeTimes,
    readinessProbe: fields.probeTimes,
    validatingWebhookConfiguration: namespaceSelector,
    mutatingWebhookConfiguration: namespaceSelector,
  }),
  cainjector: z.strictObject({ ...component, enabled: z.boolean() }),
  startupapicheck: z.strictObject({
    enabled: z.boolean(),
    timeout: z.string(),
    extraArgs: texts,
    resources: fields.resources,
  }),
});

export type CertManagerValues = z.infer<typeof values>;
export type Component = CertManagerValues["cainjector"];

const componentDefaults = {
  replicaCount: 1,
  podDisruptionBudget: { enabled: false },
  featureGates: "",
  extraArgs: [],
  extraEnv: [],
  resources: {},
  securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
  containerSecurityContext: {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ["ALL"] },
    readOnlyRootFilesystem: true,
  },
  podLabels: {},
  nodeSelector: { "kubernetes.io/os": "linux" },
  affinity: {},
  tolerations: [],
  topologySpreadConstraints: [],
};

/** defaults. Source: https://github.com/cert-manager/cert-manager/blob/v1.21.1/deploy/charts/cert-manager/values.yaml */
export const defaults = {
  ...componentDefaults,
  global: {
    commonLabels: {},
    priorityClassName: "",
    rbac: { create: true, aggregateClusterRoles: true },
    logLevel: 2,
    leaderElection: { namespace: "kube-system" },
  },
  crds: { enabled: false, keep: true },
  config: {},
  maxConcurrentChallenges: 60,
  clusterResourceNamespace: "",
  dns01RecursiveNameservers: "",
  dns01RecursiveNameserversOnly: false,
  enableCertificateOwnerRef: false,
  ingressShim: {},
  livenessProbe: {
    enabled: true,
    initialDelaySeconds: 10,
    periodSeconds: 10,
    timeoutSeconds: 15,
    successThreshold: 1,
    failureThreshold: 8,
  },
  prometheus: { enabled: true },
  webhook: {
    ...componentDefaults,
    timeoutSeconds: 30,
    securePort: 10250,
    hostNetwork: false,
    livenessProbe: {
      failureThreshold: 3,
      initialDelaySeconds: 60,
      periodSeconds: 10,
      successThreshold: 1,
      timeoutSeconds: 1,
    },
    readinessProbe: {
      failureThreshold: 3,
      initialDelaySeconds: 5,
      periodSeconds: 5,
      successThreshold: 1,
      timeoutSeconds: 1,
    },
    validatingWebhookConfiguration: {
      namespaceSelector: {
        matchExpressions: [
          { key: "cert-manager.io/disable-validation", operator: "NotIn", values: ["true"] },
        ],
      },
    },
    mutatingWebhookConfiguration: { namespaceSelector: {} },
  },
  cainjector: { ...componentDefaults, enabled: true },
  startupapicheck: { enabled: true, timeout: "1m", extraArgs: ["-v"], resources: {} },
};
