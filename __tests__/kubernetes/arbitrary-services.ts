import fc, { type Arbitrary } from "fast-check";
import type {
  Amount,
  Container,
  EnvironmentVariable,
  Hook,
  Pod,
  Probe,
  Volume,
  Workload,
  WorkloadService,
} from "../../config/model/services";
import { gib, mib } from "../../config/units";
import type { Inputs } from "../../kubernetes/workloads/inputs";
import { ipv4 } from "./ingress/istio-and-nginx";
import { exposure, selector, service } from "./samples";

/** Random entries of `services` with everything that the model can say about pods, and the inputs they name. */
const word = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);
const text = fc.oneof(fc.constant(""), fc.string({ maxLength: 12 }));
const seconds = fc.integer({ min: 0, max: 900 });
const port = fc.integer({ min: 1, max: 65535 });
const command = fc.array(fc.string({ minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 3 });
const words = fc.dictionary(word, word, { maxKeys: 3 });
const memory = fc.integer({ min: 1, max: 1 << 22 }).map(mib);
const cpu = fc.integer({ min: 1, max: 64_000 });
const amount: Arbitrary<Amount> = fc.oneof(
  fc.integer({ min: 1, max: 5 }),
  fc.integer({ min: 1, max: 99 }).map((share): Amount => `${share}%`),
);
const path = word.map((name) => `/${name}`);
const input = fc.constantFrom("one", "two");

const check: Arbitrary<Probe["check"]> = fc.oneof(
  fc.record({
    kind: fc.constant("http" as const),
    path,
    port,
    scheme: fc.constantFrom("HTTP" as const, "HTTPS" as const),
  }),
  fc.record({ kind: fc.constant("tcp" as const), port }),
  fc.record({ kind: fc.constant("grpc" as const), port }),
  fc.record({ kind: fc.constant("exec" as const), command }),
);

const probe: Arbitrary<Probe> = fc.record({
  check,
  initialDelaySeconds: seconds,
  periodSeconds: fc.integer({ min: 1, max: 60 }),
  timeoutSeconds: fc.integer({ min: 1, max: 60 }),
  failureThreshold: fc.integer({ min: 1, max: 10 }),
  successThreshold: fc.constant(1),
});

const hook: Arbitrary<Hook> = fc.oneof(
  fc.record({ kind: fc.constant("sleep" as const), seconds: fc.integer({ min: 1, max: 20 }) }),
  fc.record({ kind: fc.constant("exec" as const), command }),
  fc.record({ kind: fc.constant("http" as const), path, port }),
);

const variable: Arbitrary<EnvironmentVariable> = fc.oneof(
  fc.record({ name: word, value: text }),
  fc.record({ name: word, secret: input, key: word }),
  fc.record({ name: word, configMap: input, key: word }),
  fc.record({ name: word, field: fc.constantFrom("metadata.name", "status.podIP") }),
);

const mounts = fc.uniqueArray(word, { maxLength: 2 });

function container(sidecar: Arbitrary<boolean>, probed: boolean): Arbitrary<Container> {
  return fc
    .record({
      name: word,
      image: word.map((name) => `registry.example/${name}:1`),
      command: fc.oneof(fc.constant([]), command),
      args: fc.oneof(fc.constant([]), command),
      ports: fc.uniqueArray(fc.record({ name: word, port, transport: fc.constantFrom("TCP", "UDP") }), {
        maxLength: 2,
        selector: ({ name }) => name,
      }),
      env: fc.uniqueArray(variable, { maxLength: 4, selector: ({ name }) => name }),
      probes: probed
        ? fc.record({ startup: probe, liveness: probe, readiness: probe }, { requiredKeys: [] })
        : fc.constant({}),
      lifecycle: probed
        ? fc.record({ postStart: hook, preStop: hook }, { requiredKeys: [] })
        : fc.constant({}),
      resources: fc.record({
        requests: fc.record({ cpu: fc.constant(1), memory: fc.constant(mib(1)) }),
        limits: fc.record({ cpu, memory }, { requiredKeys: [] }),
      }),
      mounted: mounts,
      readOnly: fc.boolean(),
      writableRoot: fc.boolean(),
      sidecar,
    })
    .map(({ mounted, readOnly, ...rest }) => ({
      ...rest,
      mounts: mounted.map((name) => ({ path: `/${name}`, volume: name, readOnly })),
    }));
}

const kindOfVolume = fc.constantFrom(
  "config" as const,
  "secret" as const,
  "scratch" as const,
  "sized" as const,
);

function volumesOf(
  containers: readonly Container[],
  kind: "config" | "secret" | "scratch" | "sized",
): Volume[] {
  const names = new Set(containers.flatMap(({ mounts: mounted }) => mounted.map(({ volume }) => volume)));
  return [...names].map((name) => {
    if (kind === "config") return { kind, name, configMap: "one" };
    if (kind === "secret") return { kind, name, secret: "two" };
    return kind === "scratch" ? { kind, name } : { kind: "scratch", name, size: mib(1024) };
  });
}

function podOf(restartPolicy: Pod["restartPolicy"]): Arbitrary<Pod> {
  return fc
    .record(
      {
        annotations: words,
        containers: fc.uniqueArray(container(fc.constant(false), true), {
          minLength: 1,
          maxLength: 2,
          selector: ({ name }) => name,
        }),
        initContainers: fc
          .uniqueArray(container(fc.boolean(), false), { maxLength: 2, selector: ({ name }) => name })
          .map((list) => list.map((each) => ({ ...each, name: `init-${each.name}` }))),
        terminationGracePeriodSeconds: fc.integer({ min: 30, max: 600 }),
        dns: fc.record({
          policy: fc.constantFrom("ClusterFirst" as const, "Default" as const, "None" as const),
          nameservers: fc.constant([ipv4("192.168.0.1")]),
          searches: fc.uniqueArray(word, { maxLength: 2 }),
          options: fc.dictionary(word, fc.constantFrom("", "2"), { maxKeys: 2 }),
        }),
        maxSkew: fc.integer({ min: 1, max: 3 }),
        nodeLabels: words,
        tolerations: fc.array(
          fc.record(
            { key: word, value: word, effect: fc.constantFrom("NoSchedule" as const, "NoExecute" as const) },
            { requiredKeys: ["key", "effect"] },
          ),
          { maxLength: 2 },
        ),
        user: fc.integer({ min: 1, max: 65535 }),
        group: fc.integer({ min: 1, max: 65535 }),
        kind: kindOfVolume,
      },
      {
        requiredKeys: [
          "annotations",
          "containers",
          "initContainers",
          "terminationGracePeriodSeconds",
          "dns",
          "nodeLabels",
          "tolerations",
          "user",
          "group",
          "kind",
        ],
      },
    )
    .map(({ kind, ...rest }) => ({
      ...rest,
      labels: selector.matchLabels,
      restartPolicy,
      volumes: volumesOf([...rest.containers, ...rest.initContainers], kind),
    }));
}

const budget = fc.oneof(fc.record({ minAvailable: amount }), fc.record({ maxUnavailable: amount }));
const replicas = fc.integer({ min: 0, max: 5 });
const standing = { selector: fc.constant(selector), pod: podOf("Always") };
const job = fc.record(
  {
    kind: fc.constant("Job" as const),
    pod: podOf("OnFailure"),
    completions: fc.integer({ min: 1, max: 5 }),
    parallelism: fc.integer({ min: 1, max: 5 }),
    backoffLimit: fc.integer({ min: 0, max: 6 }),
    activeDeadlineSeconds: fc.integer({ min: 1, max: 900 }),
    ttlSecondsAfterFinished: seconds,
  },
  { requiredKeys: ["kind", "pod", "completions", "parallelism", "backoffLimit"] },
);

const workload: Arbitrary<Workload> = fc.oneof(
  fc.record(
    {
      kind: fc.constant("Deployment" as const),
      ...standing,
      replicas,
      strategy: fc.oneof(
        fc.record({ type: fc.constant("Recreate" as const) }),
        fc.record({
          type: fc.constant("RollingUpdate" as const),
          maxSurge: amount,
          maxUnavailable: fc.oneof(fc.constant(0), amount),
        }),
      ),
      revisionHistoryLimit: replicas,
      minReadySeconds: fc.integer({ min: 0, max: 10 }),
      progressDeadlineSeconds: fc.constant(600),
      disruptionBudget: budget,
    },
    {
      requiredKeys: [
        "kind",
        "selector",
        "pod",
        "replicas",
        "strategy",
        "revisionHistoryLimit",
        "minReadySeconds",
        "progressDeadlineSeconds",
      ],
    },
  ),
  fc.record(
    {
      kind: fc.constant("StatefulSet" as const),
      ...standing,
      replicas,
      claims: fc.dictionary(
        word.map((name) => `claim-${name}`),
        fc.record(
          {
            size: fc.integer({ min: 1, max: 4096 }).map(gib),
            storageClass: word,
            accessMode: fc.constantFrom("ReadWriteOnce" as const, "ReadWriteOncePod" as const),
          },
          { requiredKeys: ["size", "accessMode"] },
        ),
        { maxKeys: 2 },
      ),
      disruptionBudget: budget,
    },
    { requiredKeys: ["kind", "selector", "pod", "replicas", "claims"] },
  ),
  fc.record({ kind: fc.constant("DaemonSet" as const), ...standing, maxUnavailable: amount }),
  job,
  fc.record(
    {
      kind: fc.constant("CronJob" as const),
      schedule: fc.constant("*/5 * * * *"),
      timeZone: fc.constant("Asia/Seoul"),
      concurrencyPolicy: fc.constantFrom("Allow" as const, "Forbid" as const, "Replace" as const),
      job,
    },
    { requiredKeys: ["kind", "schedule", "concurrencyPolicy", "job"] },
  ),
);

export const anyService: Arbitrary<WorkloadService> = fc
  .record({
    workload,
    exposed: fc.option(
      fc.record({
        type: fc.constantFrom(
          "ClusterIP" as const,
          "headless" as const,
          "NodePort" as const,
          "LoadBalancer" as const,
        ),
        externalTrafficPolicy: fc.constantFrom("Cluster" as const, "Local" as const),
      }),
      { nil: undefined },
    ),
    name: word,
  })
  .map(({ workload: runs, exposed, name }) => service(runs, exposed && exposure(exposed), name));

export const inputs: Inputs = {
  configMaps: ["one", "two"].map((name) => ({ name, namespace: "apps", data: { a: name } })),
  secrets: ["one", "two"].map((name) => ({
    name,
    namespace: "apps",
    type: "Opaque",
    keys: { a: "variable_a" },
    revision: 3,
  })),
};
