import type { Json, JsonObject, KubernetesObjectLike } from "../../contract";
import { at, isObject, listAt, objectAt, textAt, withField } from "../../json";

/**
 * defaulted fills in what the API server would for a built-in kind, where it shows in this lab. A field that the
 * client set stays as it is (kubernetes: pkg/apis/*\/v1/defaults.go).
 */
export function defaulted(object: KubernetesObjectLike): KubernetesObjectLike {
  const spec = objectAt(object, "spec");
  switch (object.kind) {
    case "Deployment":
      return {
        ...object,
        spec: withTemplate({
          replicas: 1,
          revisionHistoryLimit: 10,
          progressDeadlineSeconds: 600,
          ...spec,
          strategy: deploymentStrategy(objectAt(spec, "strategy")),
        }),
      };
    case "ReplicaSet":
      return { ...object, spec: withTemplate({ replicas: 1, ...spec }) };
    case "StatefulSet":
      return {
        ...object,
        spec: withTemplate({
          replicas: 1,
          revisionHistoryLimit: 10,
          podManagementPolicy: "OrderedReady",
          updateStrategy: { type: "RollingUpdate", rollingUpdate: { partition: 0 } },
          persistentVolumeClaimRetentionPolicy: { whenDeleted: "Retain", whenScaled: "Retain" },
          ...spec,
        }),
      };
    case "DaemonSet":
      return {
        ...object,
        spec: withTemplate({
          revisionHistoryLimit: 10,
          updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } },
          ...spec,
        }),
      };
    case "Job":
      return { ...object, spec: jobSpec(spec) };
    case "CronJob":
      return { ...object, spec: cronJobSpec(spec) };
    case "Pod":
      return { ...object, spec: podSpec(spec) };
    case "Service":
      return { ...object, spec: serviceSpec(spec) };
    case "Secret":
      return { type: "Opaque", ...object };
    default:
      return object;
  }
}

function deploymentStrategy(strategy: JsonObject): JsonObject {
  const type = textAt(strategy, "type") ?? "RollingUpdate";
  if (type !== "RollingUpdate") return strategy;
  return {
    ...strategy,
    type,
    rollingUpdate: { maxSurge: "25%", maxUnavailable: "25%", ...objectAt(strategy, "rollingUpdate") },
  };
}

function jobSpec(spec: JsonObject): JsonObject {
  return withTemplate({
    backoffLimit: 6,
    completionMode: "NonIndexed",
    suspend: false,
    manualSelector: false,
    podReplacementPolicy: "TerminatingOrFailed",
    ...(spec["completions"] === undefined && spec["parallelism"] === undefined
      ? { completions: 1, parallelism: 1 }
      : { parallelism: 1 }),
    ...spec,
  });
}

function cronJobSpec(spec: JsonObject): JsonObject {
  return {
    concurrencyPolicy: "Allow",
    suspend: false,
    successfulJobsHistoryLimit: 3,
    failedJobsHistoryLimit: 1,
    ...spec,
    ...(isObject(at(spec, "jobTemplate", "spec", "template", "spec"))
      ? {
          jobTemplate: withField(
            objectAt(spec, "jobTemplate"),
            ["spec", "template", "spec"],
            podSpec(objectAt(spec, "jobTemplate", "spec", "template", "spec")),
          ),
        }
      : {}),
  };
}

function serviceSpec(spec: JsonObject): JsonObject {
  const type = textAt(spec, "type") ?? "ClusterIP";
  const isExternal = type === "ExternalName";
  const isPublic = type === "NodePort" || type === "LoadBalancer";
  const ports = listAt(spec, "ports").filter(isObject);
  return {
    sessionAffinity: "None",
    ...(isExternal ? {} : { internalTrafficPolicy: "Cluster" }),
    ...(isPublic ? { externalTrafficPolicy: "Cluster" } : {}),
    ...(type === "LoadBalancer" ? { allocateLoadBalancerNodePorts: true } : {}),
    ...spec,
    type,
    ...(spec["sessionAffinity"] === "ClientIP"
      ? {
          sessionAffinityConfig: {
            clientIP: { timeoutSeconds: 10800 },
            ...objectAt(spec, "sessionAffinityConfig"),
          },
        }
      : {}),
    ...(ports.length === 0
      ? {}
      : {
          ports: ports.map((port) => ({
            protocol: "TCP",
            ...(isExternal ? {} : { targetPort: port["port"] }),
            ...port,
          })),
        }),
  };
}

function withTemplate(spec: JsonObject): JsonObject {
  return isObject(at(spec, "template", "spec"))
    ? withField(spec, ["template", "spec"], podSpec(objectAt(spec, "template", "spec")))
    : spec;
}

function podSpec(spec: JsonObject): JsonObject {
  const containers = (field: string): JsonObject =>
    spec[field] === undefined ? {} : { [field]: listAt(spec, field).map(container) };
  const account = textAt(spec, "serviceAccountName") ?? textAt(spec, "serviceAccount");
  return {
    restartPolicy: "Always",
    dnsPolicy: "ClusterFirst",
    terminationGracePeriodSeconds: 30,
    schedulerName: "default-scheduler",
    securityContext: {},
    ...spec,
    ...(account === undefined ? {} : { serviceAccountName: account, serviceAccount: account }),
    ...containers("containers"),
    ...containers("initContainers"),
    ...(spec["volumes"] === undefined ? {} : { volumes: listAt(spec, "volumes").map(volume) }),
  };
}

function container(value: Json): Json {
  if (!isObject(value)) return value;
  const image = textAt(value, "image") ?? "";
  const isLatest = !/[:@][^/]*$/.test(image) || image.endsWith(":latest");
  const probes = ["livenessProbe", "readinessProbe", "startupProbe"].flatMap((name) =>
    isObject(value[name]) ? [[name, probe(value[name])] as const] : [],
  );
  return {
    terminationMessagePath: "/dev/termination-log",
    terminationMessagePolicy: "File",
    imagePullPolicy: isLatest ? "Always" : "IfNotPresent",
    resources: {},
    ...value,
    ...(value["ports"] === undefined
      ? {}
      : {
          ports: listAt(value, "ports").map((port) => (isObject(port) ? { protocol: "TCP", ...port } : port)),
        }),
    ...Object.fromEntries(probes),
  };
}

function probe(value: JsonObject): JsonObject {
  const http = value["httpGet"];
  return {
    timeoutSeconds: 1,
    periodSeconds: 10,
    successThreshold: 1,
    failureThreshold: 3,
    ...value,
    ...(isObject(http) ? { httpGet: { path: "/", scheme: "HTTP", ...http } } : {}),
  };
}

function volume(value: Json): Json {
  if (!isObject(value)) return value;
  const modes = ["configMap", "secret", "projected", "downwardAPI"].flatMap((name) =>
    isObject(value[name]) ? [[name, { defaultMode: 420, ...value[name] }] as const] : [],
  );
  return { ...value, ...Object.fromEntries(modes) };
}
