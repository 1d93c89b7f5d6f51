import { z } from "zod";

/** Fields of Kubernetes that charts pass on as they are; what is not in here, no chart of the lab was given yet. */

export const labels = z.record(z.string(), z.string());

export const count = z.int().nonnegative();

/** amount, a number or a share: `1`, `"25%"`. */
export const amount = z.union([count, z.string()]);

/** seconds or a Go duration, as proxies take them. */
export const duration = z.union([count, z.string()]);

const quantities = z.strictObject({
  cpu: z.union([z.string(), z.number()]).optional(),
  memory: z.union([z.string(), z.number()]).optional(),
  "ephemeral-storage": z.string().optional(),
});

export const resources = z.strictObject({
  requests: quantities.optional(),
  limits: quantities.optional(),
});

export const tolerations = z.array(
  z.strictObject({
    key: z.string().optional(),
    operator: z.enum(["Exists", "Equal"]).optional(),
    value: z.string().optional(),
    effect: z.enum(["NoSchedule", "PreferNoSchedule", "NoExecute"]).optional(),
    tolerationSeconds: count.optional(),
  }),
);

const expressions = z.array(
  z.strictObject({ key: z.string(), operator: z.string(), values: z.array(z.string()).optional() }),
);

export const labelSelector = z.strictObject({
  matchLabels: labels.optional(),
  matchExpressions: expressions.optional(),
});

export const topologySpreadConstraints = z.array(
  z.strictObject({
    maxSkew: count,
    topologyKey: z.string(),
    whenUnsatisfiable: z.enum(["DoNotSchedule", "ScheduleAnyway"]),
    labelSelector: labelSelector.optional(),
    matchLabelKeys: z.array(z.string()).optional(),
    minDomains: count.optional(),
    nodeAffinityPolicy: z.enum(["Honor", "Ignore"]).optional(),
    nodeTaintsPolicy: z.enum(["Honor", "Ignore"]).optional(),
  }),
);

const podAffinityTerm = z.strictObject({ labelSelector: labelSelector.optional(), topologyKey: z.string() });

const podAffinity = z.strictObject({
  requiredDuringSchedulingIgnoredDuringExecution: z.array(podAffinityTerm).optional(),
  preferredDuringSchedulingIgnoredDuringExecution: z
    .array(z.strictObject({ weight: count, podAffinityTerm }))
    .optional(),
});

const nodeSelectorTerm = z.strictObject({ matchExpressions: expressions });

export const affinity = z.strictObject({
  nodeAffinity: z
    .strictObject({
      requiredDuringSchedulingIgnoredDuringExecution: z
        .strictObject({ nodeSelectorTerms: z.array(nodeSelectorTerm) })
        .optional(),
      preferredDuringSchedulingIgnoredDuringExecution: z
        .array(z.strictObject({ weight: count, preference: nodeSelectorTerm }))
        .optional(),
    })
    .optional(),
  podAffinity: podAffinity.optional(),
  podAntiAffinity: podAffinity.optional(),
});

const seccompProfile = z.strictObject({ type: z.string() });

export const podSecurityContext = z.strictObject({
  runAsNonRoot: z.boolean().optional(),
  runAsUser: count.optional(),
  runAsGroup: count.optional(),
  fsGroup: count.optional(),
  seccompProfile: seccompProfile.optional(),
  sysctls: z.array(z.strictObject({ name: z.string(), value: z.string() })).optional(),
});

export const containerSecurityContext = z.strictObject({
  allowPrivilegeEscalation: z.boolean().optional(),
  privileged: z.boolean().optional(),
  readOnlyRootFilesystem: z.boolean().optional(),
  runAsNonRoot: z.boolean().optional(),
  runAsUser: count.optional(),
  runAsGroup: count.optional(),
  seccompProfile: seccompProfile.optional(),
  capabilities: z
    .strictObject({ add: z.array(z.string()).optional(), drop: z.array(z.string()).optional() })
    .optional(),
});

const handler = z.strictObject({
  exec: z.strictObject({ command: z.array(z.string()) }).optional(),
  httpGet: z
    .strictObject({
      path: z.string().optional(),
      port: z.union([count, z.string()]),
      scheme: z.string().optional(),
    })
    .optional(),
  sleep: z.strictObject({ seconds: count }).optional(),
});

export const lifecycle = z.strictObject({ postStart: handler.optional(), preStop: handler.optional() });

/** probeTimes are the numbers of a probe, without what it asks. */
export const probeTimes = z.strictObject({
  initialDelaySeconds: count.optional(),
  periodSeconds: count.optional(),
  timeoutSeconds: count.optional(),
  successThreshold: count.optional(),
  failureThreshold: count.optional(),
});

export const probe = probeTimes.extend(handler.omit({ sleep: true }).shape);

export const environment = z.array(z.strictObject({ name: z.string(), value: z.string() }));

/** serviceSpec, what a chart lays over the spec of its Service as it is. */
export const serviceSpec = z.strictObject({
  type: z.enum(["LoadBalancer", "NodePort", "ClusterIP"]),
  externalTrafficPolicy: z.enum(["Local", "Cluster"]).optional(),
  internalTrafficPolicy: z.enum(["Local", "Cluster"]).optional(),
  loadBalancerClass: z.string().optional(),
  loadBalancerSourceRanges: z.array(z.string()).optional(),
  allocateLoadBalancerNodePorts: z.boolean().optional(),
  ipFamilyPolicy: z.string().optional(),
  ipFamilies: z.array(z.string()).optional(),
  sessionAffinity: z.string().optional(),
  healthCheckNodePort: count.optional(),
  trafficDistribution: z.string().optional(),
});
