import type { Json, KubernetesObjectLike } from "../../kubernetes/contract";
import type { Release } from "../chart";
import { someOf } from "../names";
import { account, uiAccount } from "./access";
import { chartLabels, version } from "./labels";
import type { LonghornValues } from "./values";

/** workloads: a manager on each node, what installs the CSI driver, and the interface. */
export function workloads(values: LonghornValues, release: Release): KubernetesObjectLike[] {
  const part = (app: string, serviceAccountName: string, pod: Readonly<Record<string, Json>>) => ({
    metadata: { name: app, namespace: release.namespace, labels: { ...chartLabels(release), app } },
    selector: { matchLabels: { app } },
    template: {
      metadata: { labels: { ...chartLabels(release), app } },
      spec: {
        serviceAccountName,
        priorityClassName: values.defaultSettings.priorityClass,
        tolerations: someOf(values.global.tolerations),
        nodeSelector: someOf(values.global.nodeSelector),
        ...pod,
      },
    },
  });
  const manager = part("longhorn-manager", account, managerPod);
  const deployer = part("longhorn-driver-deployer", account, { containers: [deployerContainer] });
  const ui = part("longhorn-ui", uiAccount, { containers: [uiContainer] });
  return [
    {
      apiVersion: "apps/v1",
      kind: "DaemonSet",
      metadata: manager.metadata,
      spec: {
        selector: manager.selector,
        template: manager.template,
        updateStrategy: { rollingUpdate: { maxUnavailable: "100%" } },
      },
    },
    deployment(deployer, 1),
    deployment(ui, values.longhornUI.replicas),
    service("longhorn-backend", "longhorn-manager", { name: "manager", port: 9500 }, release),
    service("longhorn-frontend", "longhorn-ui", { name: "http", port: 80 }, release),
  ];
}

const image = (name: string): string => `docker.io/longhornio/${name}:v${version}`;

const managerPod = {
  containers: [
    {
      name: "longhorn-manager",
      image: image("longhorn-manager"),
      command: ["longhorn-manager", "-d", "daemon"],
      securityContext: { privileged: true },
      ports: [
        { name: "manager", containerPort: 9500 },
        { name: "admission-wh", containerPort: 9502 },
        { name: "recov-backend", containerPort: 9503 },
      ],
      readinessProbe: { httpGet: { path: "/v1/healthz", port: 9502, scheme: "HTTPS" } },
      volumeMounts: [
        { name: "longhorn", mountPath: "/var/lib/longhorn/", mountPropagation: "Bidirectional" },
      ],
    },
  ],
  volumes: [{ name: "longhorn", hostPath: { path: "/var/lib/longhorn/" } }],
};

const deployerContainer = {
  name: "longhorn-driver-deployer",
  image: image("longhorn-manager"),
  command: ["longhorn-manager", "-d", "deploy-driver", "--manager-url", "http://longhorn-backend:9500/v1"],
};

const uiContainer = {
  name: "longhorn-ui",
  image: image("longhorn-ui"),
  ports: [{ name: "http", containerPort: 8000 }],
};

interface Workload {
  readonly metadata: KubernetesObjectLike["metadata"];
  readonly selector: { readonly matchLabels: Readonly<Record<string, string>> };
  readonly template: Readonly<Record<string, Json>>;
}

function deployment({ metadata, selector, template }: Workload, replicas: number): KubernetesObjectLike {
  return { apiVersion: "apps/v1", kind: "Deployment", metadata, spec: { replicas, selector, template } };
}

function service(
  name: string,
  app: string,
  port: { readonly name: string; readonly port: number },
  release: Release,
): KubernetesObjectLike {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name, namespace: release.namespace, labels: { ...chartLabels(release), app } },
    spec: { type: "ClusterIP", selector: { app }, ports: [{ ...port, targetPort: port.name }] },
  };
}
