import type { Json, KubernetesObjectLike } from "../../../lab/kubernetes/contract";
import { listAt, recordAt, textAt } from "../../../lab/kubernetes/json";
import { find, rendered } from "./rendered";

const releases: readonly { chart: string; values: Json }[] = [
  {
    chart: "traefik",
    values: {
      providers: { kubernetesGateway: { enabled: true } },
      podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
    },
  },
  { chart: "metallb", values: { frrk8s: { enabled: false } } },
  { chart: "cert-manager", values: { crds: { enabled: true }, podDisruptionBudget: { enabled: true } } },
  { chart: "istiod", values: { autoscaleMin: 2 } },
  {
    chart: "gateway",
    values: { autoscaling: { minReplicas: 2 }, podDisruptionBudget: { maxUnavailable: 1 } },
  },
  { chart: "ingress-nginx", values: { controller: { replicaCount: 2, metrics: { enabled: true } } } },
];

describe.each(releases)("everything that $chart renders fits together", ({ chart, values }) => {
  const objects = rendered(chart, values, { name: "edge", namespace: "somewhere" });
  const workloads = objects.filter(({ kind }) => ["Deployment", "DaemonSet"].includes(kind));

  it("a Service and a PodDisruptionBudget select pods of the release", () => {
    const selectors = [
      ...objects.filter(({ kind }) => kind === "Service").map((each) => recordAt(each, "spec", "selector")),
      ...objects
        .filter(({ kind }) => kind === "PodDisruptionBudget")
        .map((each) => recordAt(each, "spec", "selector", "matchLabels")),
    ];

    expect(selectors.length).toBeGreaterThan(0);
    for (const selector of selectors)
      expect(workloads.filter((each) => selects(selector, each))).toHaveLength(1);
  });

  it("a workload selects its own pods, and no other's", () => {
    for (const workload of workloads) {
      const selector = recordAt(workload, "spec", "selector", "matchLabels");
      expect(workloads.filter((each) => selects(selector, each))).toEqual([workload]);
    }
  });

  it("each pod's service account is there, and bound to what it may do", () => {
    const bound = objects.flatMap((each) =>
      listAt(each, "subjects").map((subject) => textAt(subject, "name")),
    );
    for (const workload of workloads) {
      const account = textAt(workload, "spec", "template", "spec", "serviceAccountName") ?? "";
      expect(find(objects, "ServiceAccount", account)).toBeDefined();
      expect(bound).toContain(account);
    }
  });

  it("the port that a Service leads to is open in the pod", () => {
    for (const service of objects.filter(({ kind }) => kind === "Service")) {
      const workload = workloads.find((each) => selects(recordAt(service, "spec", "selector"), each));
      const open = listAt(workload, "spec", "template", "spec", "containers", 0, "ports");
      for (const port of listAt(service, "spec", "ports")) {
        const target = textAt(port, "targetPort");
        if (target !== undefined) expect(open.map((each) => textAt(each, "name"))).toContain(target);
      }
    }
  });

  it("names an object once", () => {
    const names = objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`);

    expect(new Set(names).size).toBe(names.length);
  });
});

it.each([
  [
    "traefik",
    {},
    "edge-traefik",
    { "app.kubernetes.io/name": "traefik", "app.kubernetes.io/instance": "edge-somewhere" },
  ],
  ["gateway", { name: "istio-edge" }, "istio-edge", { app: "istio-edge", istio: "edge" }],
  [
    "ingress-nginx",
    {},
    "edge-ingress-nginx-controller",
    {
      "app.kubernetes.io/name": "ingress-nginx",
      "app.kubernetes.io/instance": "edge",
      "app.kubernetes.io/component": "controller",
    },
  ],
])("the pods of %s have the labels that the published chart selects by", (chart, values, name, selector) => {
  const deployment = find(
    rendered(chart, values, { name: "edge", namespace: "somewhere" }),
    "Deployment",
    name,
  );

  expect(recordAt(deployment, "spec", "selector", "matchLabels")).toEqual(selector);
});

function selects(selector: Readonly<Record<string, string>>, workload: KubernetesObjectLike): boolean {
  const labels = recordAt(workload, "spec", "template", "metadata", "labels");
  return Object.entries(selector).every(([name, value]) => labels[name] === value);
}
