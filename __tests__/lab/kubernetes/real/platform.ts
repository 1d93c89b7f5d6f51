import { join } from "node:path";
import { findChart } from "../../../../lab/charts";
import { readCrds } from "../../../../lab/charts/crds";
import type { KubernetesObjectLike } from "../../../../lab/kubernetes/contract";
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
      ...traefik,
    }),
  ];
}

/** pool of one address, announced to everybody. */
export function pool(address: string): readonly KubernetesObjectLike[] {
  const metadata = { name: "public", namespace: "metallb-system" };
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
      spec: { ipAddressPools: ["public"] },
    },
  ];
}

/** application of so many pods that answer at 8080, and its Service at 80. */
export function application(
  name: string,
  replicas: number,
  pod: object = {},
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

export function route(
  name: string,
  match: string,
  services: readonly object[],
  more: object = {},
): KubernetesObjectLike {
  return {
    apiVersion: "traefik.io/v1alpha1",
    kind: "IngressRoute",
    metadata: { name, namespace: "default" },
    spec: JSON.parse(
      JSON.stringify({ entryPoints: ["web"], routes: [{ kind: "Rule", match, services, ...more }] }),
    ),
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
