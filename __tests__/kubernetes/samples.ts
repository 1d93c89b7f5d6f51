import { stringify } from "yaml";
import type {
  Container,
  Deployment,
  Exposure,
  Job,
  LabelSelector,
  Pod,
  StatefulSet,
  Workload,
  WorkloadService,
} from "../../config/model/services";
import { mib } from "../../config/units";
import type { KubernetesObject } from "../../kubernetes/object";
import type { Inputs } from "../../kubernetes/workloads/inputs";

/** Samples of the model: the least that an entry of `services` becomes, and what a test changes of it. */
export const noInputs: Inputs = { configMaps: [], secrets: [] };

export function container(changes: Partial<Container> = {}): Container {
  return {
    name: "hello",
    image: "docker.io/traefik/whoami:v1.11.0",
    command: [],
    args: [],
    ports: [{ name: "http", port: 8080, transport: "TCP" }],
    env: [],
    probes: {},
    lifecycle: {},
    resources: { requests: { cpu: 50, memory: mib(64) }, limits: {} },
    mounts: [],
    writableRoot: false,
    sidecar: false,
    ...changes,
  };
}

export function pod(changes: Partial<Pod> = {}): Pod {
  return {
    labels: { "app.kubernetes.io/name": "hello" },
    annotations: {},
    containers: [container()],
    initContainers: [],
    restartPolicy: "Always",
    terminationGracePeriodSeconds: 30,
    dns: { policy: "ClusterFirst", nameservers: [], searches: [], options: {} },
    nodeLabels: {},
    tolerations: [],
    user: 65532,
    group: 65532,
    volumes: [],
    ...changes,
  };
}

export const selector: LabelSelector = {
  matchLabels: { "app.kubernetes.io/name": "hello" },
  matchExpressions: [],
};

export function deployment(changes: Partial<Deployment> = {}): Deployment {
  return {
    kind: "Deployment",
    replicas: 2,
    strategy: { type: "RollingUpdate", maxSurge: 1, maxUnavailable: 0 },
    revisionHistoryLimit: 10,
    minReadySeconds: 5,
    progressDeadlineSeconds: 600,
    disruptionBudget: { maxUnavailable: 1 },
    selector,
    pod: pod({ maxSkew: 1 }),
    ...changes,
  };
}

export function statefulSet(changes: Partial<StatefulSet> = {}): StatefulSet {
  return { kind: "StatefulSet", replicas: 1, claims: {}, selector, pod: pod(), ...changes };
}

export function job(changes: Partial<Job> = {}): Job {
  return {
    kind: "Job",
    completions: 1,
    parallelism: 1,
    backoffLimit: 6,
    pod: pod({ restartPolicy: "OnFailure" }),
    ...changes,
  };
}

export function exposure(changes: Partial<Exposure> = {}): Exposure {
  return {
    type: "ClusterIP",
    ports: [{ name: "http", port: 8080, targetPort: 8080, transport: "TCP", protocol: "http" }],
    externalTrafficPolicy: "Cluster",
    ...changes,
  };
}

export function service(workload: Workload, exposed?: Exposure, name = "hello"): WorkloadService {
  return {
    kind: "workload",
    name,
    namespace: "apps",
    labels: { "app.kubernetes.io/name": name },
    annotations: {},
    workload,
    ...(exposed === undefined ? {} : { exposure: exposed }),
  };
}

/** documents as an operator would read them, one after another. */
export function documents(objects: readonly KubernetesObject[]): string {
  return objects
    .map((object) => stringify(object, { lineWidth: 0, aliasDuplicateObjects: false }))
    .join("---\n");
}

/** only object of a kind among several. */
export function onlyOf(objects: readonly KubernetesObject[], kind: string): KubernetesObject {
  const [found, ...others] = objects.filter((object) => object.kind === kind);
  if (found === undefined || others.length > 0) throw new Error(`there is not exactly one ${kind}`);
  return found;
}
