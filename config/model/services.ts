import type { Ipv4 } from "../network";
import type { GiB, MiB } from "../units";

/** Service, one entry of `services`: what answers under a name inside the cluster. */
export type Service = WorkloadService | SelectingService | ExternalService;

interface ServiceBase {
  /** name, unique in the cluster file; of the Service and of what runs behind it. */
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** WorkloadService: pods and, where they have ports, the Service in front of them. */
export interface WorkloadService extends ServiceBase {
  readonly kind: "workload";
  readonly workload: Workload;
  /** exposure of its ports; absent = no port, no Service. */
  readonly exposure?: Exposure;
}

/** SelectingService: a Service in front of pods that other entries run, by their labels. */
export interface SelectingService extends ServiceBase {
  readonly kind: "selecting";
  readonly selector: Readonly<Record<string, string>>;
  readonly exposure: Exposure;
}

/** ExternalService: a DNS name outside under a name inside (ExternalName). */
export interface ExternalService extends ServiceBase {
  readonly kind: "external";
  readonly host: string;
  readonly port: number;
  /** protocol that is spoken there; with https the name in its certificate is `host`. */
  readonly protocol: BackendProtocol;
}

export type BackendProtocol = "http" | "https" | "h2c" | "grpc";

/** Exposure is how a Service is reached. */
export interface Exposure {
  readonly type: "ClusterIP" | "headless" | "NodePort" | "LoadBalancer";
  readonly ports: readonly ServicePort[];
  /** address asked of the load balancer; reserved for this Service. */
  readonly address?: Ipv4;
  /** pool asked of the load balancer. */
  readonly pool?: string;
  /** share: Services with the same key may have one address, with different ports. */
  readonly share?: string;
  /** externalTrafficPolicy `Local` keeps the visitor's address. */
  readonly externalTrafficPolicy: "Cluster" | "Local";
}

export interface ServicePort {
  /** name, an RFC 6335 name: `http`. */
  readonly name: string;
  /** port of the Service. */
  readonly port: number;
  /** targetPort of the container. */
  readonly targetPort: number;
  readonly nodePort?: number;
  readonly transport: "TCP" | "UDP";
  /** protocol inside, as the Service's appProtocol tells engines. */
  readonly protocol: BackendProtocol;
}

export type Workload = Deployment | StatefulSet | DaemonSet | Job | CronJob;

interface WorkloadBase {
  /** selector of its pods, matched by `pod.labels`. */
  readonly selector: LabelSelector;
  readonly pod: Pod;
}

export interface LabelSelector {
  readonly matchLabels: Readonly<Record<string, string>>;
  readonly matchExpressions: readonly LabelExpression[];
}

export interface LabelExpression {
  readonly key: string;
  readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist";
  readonly values: readonly string[];
}

export interface Deployment extends WorkloadBase {
  readonly kind: "Deployment";
  readonly replicas: number;
  readonly strategy:
    | { readonly type: "Recreate" }
    | { readonly type: "RollingUpdate"; readonly maxSurge: Amount; readonly maxUnavailable: Amount };
  /** revisionHistoryLimit, old ReplicaSets kept to roll back to. */
  readonly revisionHistoryLimit: number;
  readonly minReadySeconds: number;
  readonly progressDeadlineSeconds: number;
  readonly disruptionBudget?: DisruptionBudget;
}

export interface StatefulSet extends WorkloadBase {
  readonly kind: "StatefulSet";
  readonly replicas: number;
  /** claims, one volume each per pod, by name. */
  readonly claims: Readonly<Record<string, VolumeClaim>>;
  readonly disruptionBudget?: DisruptionBudget;
}

export interface DaemonSet extends WorkloadBase {
  readonly kind: "DaemonSet";
  readonly maxUnavailable: Amount;
}

export interface Job {
  readonly kind: "Job";
  readonly pod: Pod;
  readonly completions: number;
  readonly parallelism: number;
  readonly backoffLimit: number;
  readonly activeDeadlineSeconds?: number;
  readonly ttlSecondsAfterFinished?: number;
}

export interface CronJob {
  readonly kind: "CronJob";
  readonly schedule: string;
  readonly timeZone?: string;
  readonly concurrencyPolicy: "Allow" | "Forbid" | "Replace";
  readonly job: Job;
}

/** Amount of pods: a number, or a share such as `25%`. */
export type Amount = number | `${number}%`;

export interface VolumeClaim {
  readonly size: GiB;
  /** storageClass; absent = the cluster's default. */
  readonly storageClass?: string;
  readonly accessMode: "ReadWriteOnce" | "ReadWriteMany" | "ReadWriteOncePod";
}

/** DisruptionBudget: what a drain leaves running. Never zero allowed, or drains and upgrades hang. */
export type DisruptionBudget = { readonly minAvailable: Amount } | { readonly maxUnavailable: Amount };

export interface Pod {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly containers: readonly Container[];
  /** initContainers, one after another before the others; `restartPolicy: Always` makes one a sidecar. */
  readonly initContainers: readonly Container[];
  readonly restartPolicy: "Always" | "OnFailure" | "Never";
  readonly terminationGracePeriodSeconds: number;
  readonly dns: PodDns;
  /** spread over nodes: at most this many more pods on one node than on another; absent = wherever there is room. */
  readonly maxSkew?: number;
  readonly nodeLabels: Readonly<Record<string, string>>;
  readonly tolerations: readonly Toleration[];
  /** user that containers run as; never root under the restricted level. */
  readonly user: number;
  readonly group: number;
  /** volumes by name, as containers mount them. */
  readonly volumes: readonly Volume[];
}

export interface Toleration {
  readonly key: string;
  /** value; absent = any. */
  readonly value?: string;
  readonly effect: "NoSchedule" | "PreferNoSchedule" | "NoExecute";
}

export interface PodDns {
  readonly policy: "ClusterFirst" | "Default" | "None";
  readonly nameservers: readonly Ipv4[];
  readonly searches: readonly string[];
  /** options of resolv.conf: `ndots` → `2`; an empty value is an option without one. */
  readonly options: Readonly<Record<string, string>>;
}

export type Volume =
  | { readonly kind: "config"; readonly name: string; readonly configMap: string }
  | { readonly kind: "secret"; readonly name: string; readonly secret: string }
  | { readonly kind: "scratch"; readonly name: string; readonly size?: MiB };

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly command: readonly string[];
  readonly args: readonly string[];
  readonly ports: readonly ContainerPort[];
  readonly env: readonly EnvironmentVariable[];
  readonly probes: {
    readonly startup?: Probe;
    readonly liveness?: Probe;
    readonly readiness?: Probe;
  };
  readonly lifecycle: { readonly postStart?: Hook; readonly preStop?: Hook };
  readonly resources: Resources;
  readonly mounts: readonly Mount[];
  /** writableRoot: the container may write to its image's files. */
  readonly writableRoot: boolean;
  /** sidecar: an init container that keeps running (restartPolicy Always). */
  readonly sidecar: boolean;
}

export interface ContainerPort {
  readonly name: string;
  readonly port: number;
  readonly transport: "TCP" | "UDP";
}

export type EnvironmentVariable = { readonly name: string } & (
  | { readonly value: string }
  | { readonly secret: string; readonly key: string }
  | { readonly configMap: string; readonly key: string }
  /** field of the pod itself: `metadata.name`. */
  | { readonly field: string }
);

export interface Probe {
  readonly check:
    | {
        readonly kind: "http";
        readonly path: string;
        readonly port: number;
        readonly scheme: "HTTP" | "HTTPS";
      }
    | { readonly kind: "tcp"; readonly port: number }
    | { readonly kind: "grpc"; readonly port: number }
    | { readonly kind: "exec"; readonly command: readonly string[] };
  readonly initialDelaySeconds: number;
  readonly periodSeconds: number;
  readonly timeoutSeconds: number;
  readonly failureThreshold: number;
  readonly successThreshold: number;
}

export type Hook =
  | { readonly kind: "sleep"; readonly seconds: number }
  | { readonly kind: "exec"; readonly command: readonly string[] }
  | { readonly kind: "http"; readonly path: string; readonly port: number };

export interface Resources {
  /** requests; cpu in thousandths of a core. */
  readonly requests: { readonly cpu: number; readonly memory: MiB };
  readonly limits: { readonly cpu?: number; readonly memory?: MiB };
}

export interface Mount {
  readonly path: string;
  /** volume of the pod, or claim of the StatefulSet. */
  readonly volume: string;
  readonly readOnly: boolean;
}

/** ConfigMap, one entry of `configMaps`. */
export interface ConfigMap {
  readonly name: string;
  readonly namespace: string;
  readonly data: Readonly<Record<string, string>>;
}

/** Secret, one entry of `secrets`: names of variables, never a value. */
export interface Secret {
  readonly name: string;
  readonly namespace: string;
  readonly type: "Opaque" | "htpasswd";
  /** keys → the ephemeral Terraform variable that holds the value. */
  readonly keys: Readonly<Record<string, string>>;
  /** revision: a larger one writes the variables' present values. */
  readonly revision: number;
}
