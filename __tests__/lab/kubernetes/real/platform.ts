import { join } from "node:path";
import { findChart } from "../../../../lab/charts";
import { readCrds } from "../../../../lab/charts/crds";
import type { JsonObject, KubernetesObjectLike } from "../../../../lab/kubernetes/contract";
import { referenceData } from "../../../reference-data";

const crds = readCrds(join(referenceData, "crds"));

/** platform is what the platform stack brings: MetalLB and Traefik, each in its namespace. */
export function platform(traefik: object = {}): readonly KubernetesObjectLike[] {
  return [
    namespace("metallb-system"),
    namespace("traefik"),
    ...rendered("https://metallb.github.io/metallb", "metallb", "0.16.1", "metallb-system", {
      frrk8s: { enabled: false },
    }),
    ...rendered("https://traefik.github.io/charts", "traefik", "41.3.0", "traefik", {
      deployment: { replicas: 2 },
      topologySpreadConstraints: [spread({ "app.kubernetes.io/name": "traefik" })],
      ...traefik,
    }),
  ];
}

/** pool of one address, announced to everybody. */
export function pool(address: string, name = "public"): readonly KubernetesObjectLike[] {
  const metadata = { name, namespace: "metallb-system" };
  return [
    {
      apiVersion: "metallb.io/v1beta1",
      kind: "IPAddressPool",
      metadata,
      spec: { addresses: [`${address}/32`] },
    },
    {
      apiVersion: "metallb.io/v1beta1",
      kind: "L2Advertisement",
      metadata,
      spec: { ipAddressPools: [name] },
    },
  ];
}

/** application of so many pods that answer at 8080, and its Service at 80. */
export function application(
  name: string,
  replicas: number,
  pod: JsonObject = {},
): readonly KubernetesObjectLike[] {
  const labels = { app: name };
  const metadata = { name, namespace: "default" };
  return [
    {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata,
      spec: {
        replicas,
        selector: { matchLabels: labels },
        strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
        template: {
          metadata: { labels, annotations: {} },
          spec: {
            topologySpreadConstraints: [spread(labels)],
            containers: [
              {
                name: "app",
                image: "registry.example.com/app:1",
                ports: [{ name: "http", containerPort: 8080 }],
                readinessProbe: { httpGet: { path: "/", port: "http" } },
                lifecycle: { preStop: { sleep: { seconds: 3 } } },
              },
            ],
            ...pod,
          },
        },
      },
    },
    {
      apiVersion: "v1",
      kind: "Service",
      metadata,
      spec: { selector: labels, ports: [{ name: "http", port: 80, targetPort: "http" }] },
    },
  ];
}

/** spread over the nodes, each version of a template by itself. */
function spread(matchLabels: Readonly<Record<string, string>>): JsonObject {
  return {
    maxSkew: 1,
    topologyKey: "kubernetes.io/hostname",
    whenUnsatisfiable: "DoNotSchedule",
    labelSelector: { matchLabels },
    matchLabelKeys: ["pod-template-hash"],
  };
}

/** service at a load balancer's address of its own, straight to the pods of an application. */
export function service(app: string, name: string, policy: "Cluster" | "Local"): KubernetesObjectLike {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name, namespace: "default" },
    spec: {
      type: "LoadBalancer",
      externalTrafficPolicy: policy,
      selector: { app },
      ports: [{ name: "http", port: 80, targetPort: "http" }],
    },
  };
}

/** rule of an IngressRoute. */
export function rule(match: string, services: readonly JsonObject[], middlewareName?: string): JsonObject {
  const middlewares = middlewareName === undefined ? [] : [{ name: middlewareName }];
  return { kind: "Rule", match, services, middlewares };
}

export function ingressRoute(name: string, ...rules: readonly JsonObject[]): KubernetesObjectLike {
  return {
    apiVersion: "traefik.io/v1alpha1",
    kind: "IngressRoute",
    metadata: { name, namespace: "default" },
    spec: { entryPoints: ["web"], routes: rules },
  };
}

export function middleware(name: string, spec: JsonObject): KubernetesObjectLike {
  return {
    apiVersion: "traefik.io/v1alpha1",
    kind: "Middleware",
    metadata: { name, namespace: "default" },
    spec,
  };
}

function rendered(
  repository: string,
  chart: string,
  version: string,
  home: string,
  values: object,
): readonly KubernetesObjectLike[] {
  const release = { name: chart, namespace: home };
  const { crds: own, objects } = findChart({ repository, chart, version }).render(values, release, crds);
  return [...own, ...objects];
}

function namespace(name: string): KubernetesObjectLike {
  return { apiVersion: "v1", kind: "Namespace", metadata: { name } };
}
