import fc from "fast-check";
import { serviceObjects } from "../../kubernetes/services";
import { workloadObjects } from "../../kubernetes/workloads";
import { gib, mib } from "../../config/units";
import { expectGolden } from "../golden-file";
import { anyService, inputs } from "./arbitrary-services";
import { ipv4 } from "./ingress/istio-and-nginx";
import { podTemplates } from "./pod-specs";
import {
  container,
  deployment,
  documents,
  exposure,
  job,
  noInputs,
  onlyOf,
  pod,
  selector,
  service,
  statefulSet,
} from "./samples";

const probe = {
  initialDelaySeconds: 0,
  periodSeconds: 10,
  timeoutSeconds: 1,
  failureThreshold: 3,
  successThreshold: 1,
};

/** Everything that the model can say about a pod, once. */
const full = pod({
  annotations: { "example.com/team": "shop" },
  maxSkew: 1,
  terminationGracePeriodSeconds: 40,
  dns: {
    policy: "None",
    nameservers: [ipv4("192.168.0.1")],
    searches: ["test.com"],
    options: { ndots: "2", "use-vc": "" },
  },
  nodeLabels: { "kubernetes.io/os": "linux" },
  tolerations: [
    { key: "dedicated", value: "shop", effect: "NoSchedule" },
    { key: "slow", effect: "NoExecute" },
  ],
  initContainers: [
    container({ name: "migrate", command: ["/bin/migrate"], ports: [] }),
    container({ name: "logs", ports: [], sidecar: true, writableRoot: true }),
  ],
  containers: [
    container({
      command: ["/hello"],
      args: ["--port", "8080"],
      ports: [
        { name: "http", port: 8080, transport: "TCP" },
        { name: "dns", port: 5353, transport: "UDP" },
      ],
      env: [
        { name: "GREETING", value: "hello" },
        { name: "EMPTY", value: "" },
        { name: "PASSWORD", secret: "two", key: "a" },
        { name: "COLOUR", configMap: "two", key: "a" },
        { name: "POD", field: "metadata.name" },
      ],
      probes: {
        startup: { ...probe, check: { kind: "tcp", port: 8080 }, failureThreshold: 30 },
        liveness: {
          ...probe,
          check: { kind: "http", path: "/health", port: 8080, scheme: "HTTP" },
          initialDelaySeconds: 5,
        },
        readiness: { ...probe, check: { kind: "exec", command: ["/ready"] } },
      },
      lifecycle: {
        postStart: { kind: "exec", command: ["/warm"] },
        preStop: { kind: "sleep", seconds: 5 },
      },
      resources: {
        requests: { cpu: 1000, memory: mib(1024) },
        limits: { cpu: 1500, memory: mib(1536) },
      },
      mounts: [
        { path: "/etc/hello", volume: "settings", readOnly: true },
        { path: "/tmp", volume: "tmp", readOnly: false },
      ],
    }),
    container({
      name: "beside",
      ports: [{ name: "grpc", port: 9090, transport: "TCP" }],
      probes: { readiness: { ...probe, check: { kind: "grpc", port: 9090 } } },
      lifecycle: { preStop: { kind: "http", path: "/stop", port: 9090 } },
      mounts: [{ path: "/keys", volume: "keys", readOnly: true }],
    }),
  ],
  volumes: [
    { kind: "config", name: "settings", configMap: "one" },
    { kind: "secret", name: "keys", secret: "one" },
    { kind: "scratch", name: "tmp", size: mib(2048) },
    { kind: "scratch", name: "cache" },
  ],
});

const shown = {
  deployment: service(deployment({ pod: full }), exposure()),
  recreate: service(
    deployment({
      replicas: 1,
      strategy: { type: "Recreate" },
      minReadySeconds: 0,
      disruptionBudget: { minAvailable: "50%" },
      selector: {
        ...selector,
        matchExpressions: [
          { key: "track", operator: "In", values: ["stable", "next"] },
          { key: "old", operator: "DoesNotExist", values: [] },
        ],
      },
      pod: pod({ maxSkew: 1, labels: { ...selector.matchLabels, track: "stable" } }),
    }),
    exposure(),
  ),
  "stateful-set": service(
    statefulSet({
      replicas: 3,
      claims: {
        data: { size: gib(20), accessMode: "ReadWriteOnce" },
        archive: { size: gib(2048), storageClass: "slow", accessMode: "ReadWriteOncePod" },
      },
      disruptionBudget: { maxUnavailable: 1 },
      pod: pod({
        maxSkew: 1,
        containers: [container({ mounts: [{ path: "/data", volume: "data", readOnly: false }] })],
      }),
    }),
    exposure(),
  ),
  "stateful-set-headless": service(statefulSet(), exposure({ type: "headless" })),
  "daemon-set": service({ kind: "DaemonSet", selector, pod: pod(), maxUnavailable: 1 }),
  job: service(job({ activeDeadlineSeconds: 900, ttlSecondsAfterFinished: 3600 })),
  "cron-job": service({
    kind: "CronJob",
    schedule: "15 3 * * *",
    timeZone: "Asia/Seoul",
    concurrencyPolicy: "Forbid",
    job: job(),
  }),
};

test.each(Object.entries(shown))("%s is the objects that were reviewed", (name, each) => {
  expectGolden(
    `kubernetes/${name}.yaml`,
    documents([...serviceObjects(each), ...workloadObjects(each, inputs)]),
  );
});

test("nothing is written that the API server would leave out, or every plan would show it again", () => {
  fc.assert(
    fc.property(anyService, (any) => {
      const objects = [...serviceObjects(any), ...workloadObjects(any, inputs)];
      expect(emptiesIn(JSON.parse(JSON.stringify(objects)))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

describe("a container does not notice that an input changed, so", () => {
  const reading = service(deployment({ pod: full }));
  const [before] = podTemplates(workloadObjects(reading, inputs));

  test("a changed ConfigMap changes the pods that read it, in volumes and in variables", () => {
    for (const changed of ["one", "two"]) {
      const configMaps = inputs.configMaps.map((each) =>
        each.name === changed ? { ...each, data: { a: "changed" } } : each,
      );
      const [after] = podTemplates(workloadObjects(reading, { ...inputs, configMaps }));
      expect(after).not.toEqual(before);
      expect({ ...after, metadata: undefined }).toEqual({ ...before, metadata: undefined });
    }
  });

  test("a Secret's larger revision changes the pods that read it, and what it holds stays away", () => {
    const secrets = inputs.secrets.map((each) => (each.name === "one" ? { ...each, revision: 4 } : each));
    const [after] = podTemplates(workloadObjects(reading, { ...inputs, secrets }));
    expect(before?.metadata.annotations).toMatchObject({ "revision/secrets": "one=3,two=3" });
    expect(after?.metadata.annotations).toMatchObject({ "revision/secrets": "one=4,two=3" });
    expect(JSON.stringify(after)).not.toContain("variable_a");
  });

  test("the order of the file, and of a ConfigMap's keys, changes nothing", () => {
    const twoKeys = { name: "one", namespace: "apps" };
    const configMaps = [{ ...twoKeys, data: { a: "1", b: "2" } }, ...inputs.configMaps.slice(1)];
    const turned = [...inputs.configMaps.slice(1), { ...twoKeys, data: { b: "2", a: "1" } }];
    expect(workloadObjects(reading, { configMaps: turned, secrets: inputs.secrets.toReversed() })).toEqual(
      workloadObjects(reading, { ...inputs, configMaps }),
    );
  });

  test("inputs that pods do not read, or that lie in another namespace, change nothing", () => {
    const elsewhere = {
      configMaps: inputs.configMaps.map((each) => ({ ...each, namespace: "other" })),
      secrets: inputs.secrets.map((each) => ({ ...each, namespace: "other" })),
    };
    const plain = service(deployment());
    expect(workloadObjects(plain, inputs)).toEqual(workloadObjects(plain, noInputs));
    expect(podTemplates(workloadObjects(reading, elsewhere))[0]?.metadata.annotations).toEqual(
      full.annotations,
    );
  });
});

test("an edited Job is another Job, for Kubernetes lets none change; an unedited one keeps its name", () => {
  const nameOf = (backoffLimit: number): string =>
    onlyOf(workloadObjects(service(job({ backoffLimit })), noInputs), "Job").metadata.name;
  expect(nameOf(6)).toBe(nameOf(6));
  expect(nameOf(5)).not.toBe(nameOf(6));
  expect(nameOf(6)).toMatch(/^hello-[0-9a-f]{8}$/);
});

test("a StatefulSet's pods have names of their own, under the Service that is theirs", () => {
  const governing = (each: typeof shown.job): unknown =>
    onlyOf(workloadObjects(each, noInputs), "StatefulSet")["spec"];
  expect(governing(shown["stateful-set"])).toMatchObject({ serviceName: "hello-headless" });
  expect(governing(shown["stateful-set-headless"])).toMatchObject({ serviceName: "hello" });
  const portless = workloadObjects(service(statefulSet()), noInputs);
  expect(JSON.parse(JSON.stringify(onlyOf(portless, "Service")["spec"]))).toEqual({
    type: "ClusterIP",
    clusterIP: "None",
    publishNotReadyAddresses: true,
    selector: selector.matchLabels,
  });
});

test("pods without maxSkew go wherever there is room", () => {
  const anywhere = workloadObjects(service(deployment({ pod: pod() })), noInputs);
  expect(JSON.stringify(anywhere)).not.toContain("topologySpreadConstraints");
});

/** emptiesIn JSON: paths of what Go's `omitempty` drops. `emptyDir: {}` is a volume that says all it has to. */
function emptiesIn(value: unknown, path = ""): string[] {
  if (Array.isArray(value) && value.length > 0)
    return value.flatMap((item, index) => emptiesIn(item, `${path}[${index}]`));
  if (typeof value === "object" && value !== null && Object.keys(value).length > 0)
    return Object.entries(value).flatMap(([key, item]) => emptiesIn(item, `${path}.${key}`));
  if (typeof value === "object" && value !== null) return path.endsWith(".emptyDir") ? [] : [path];
  const pointers =
    /\.(replicas|revisionHistoryLimit|backoffLimit|ttlSecondsAfterFinished|maxUnavailable|seconds)$/;
  return value === "" || ((value === 0 || value === false) && !pointers.test(path) && !booleans.test(path))
    ? [path]
    : [];
}

/** booleans that are pointers in Go: false is kept. */
const booleans = /\.(automountServiceAccountToken|allowPrivilegeEscalation|readOnlyRootFilesystem)$/;
