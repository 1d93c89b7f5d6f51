import type { Cluster } from "../../config/model";
import { localPathImages } from "../../versions";
import type { Namespace } from "../chart";
import { rancherImage } from "../images";
import type { Json, KubernetesObject } from "../object";
import type { PlatformPart } from "../platform-parts";
import { everywhere, inside, type Rule } from "../rbac";

/**
 * localPath: volumes as folders of the node that their first pod runs on. Objects of its release's manifest: its chart
 * lies in the repository only and is published nowhere.
 * @see https://github.com/rancher/local-path-provisioner/blob/v0.0.37/deploy/local-path-storage.yaml
 */
export function localPath(cluster: Cluster): PlatformPart {
  return {
    name: "local-path",
    namespace,
    objects: [
      {
        apiVersion: "v1",
        kind: "ServiceAccount",
        metadata: { name: provisioner, namespace: namespace.name },
      },
      ...everywhere({ ...grantee, rules: providing }),
      ...inside({ ...grantee, rules: helping }),
      {
        apiVersion: "v1",
        kind: "ConfigMap",
        metadata: { name: settings, namespace: namespace.name },
        data: settingsOf(cluster),
      },
      storageClass,
    ],
    program: deploymentOf(cluster),
    kinds: [],
  };
}

/** namespace of helper pods that make and remove folders on nodes. */
const namespace: Namespace = { name: "local-path-storage", podSecurity: "privileged" };
const provisioner = "local-path-provisioner";
const settings = "local-path-config";
const grantee = { name: provisioner, account: provisioner, namespace: namespace.name };

/** storageClass that a claim gets which names none; its volume waits for a pod, because it lies on that pod's node. */
const storageClass: KubernetesObject = {
  apiVersion: "storage.k8s.io/v1",
  kind: "StorageClass",
  metadata: { name: "local-path", annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
  provisioner: "rancher.io/local-path",
  volumeBindingMode: "WaitForFirstConsumer",
  reclaimPolicy: "Delete",
};

const providing: readonly Rule[] = [
  {
    apiGroup: "",
    resources: ["nodes", "persistentvolumeclaims", "configmaps", "pods", "pods/log"],
    verbs: ["get", "list", "watch"],
  },
  {
    apiGroup: "",
    resources: ["persistentvolumes"],
    verbs: ["get", "list", "watch", "create", "patch", "update", "delete"],
  },
  { apiGroup: "", resources: ["events"], verbs: ["create", "patch"] },
  { apiGroup: "storage.k8s.io", resources: ["storageclasses"], verbs: ["get", "list", "watch"] },
];

const helping: readonly Rule[] = [
  {
    apiGroup: "",
    resources: ["pods"],
    verbs: ["get", "list", "watch", "create", "patch", "update", "delete"],
  },
];

/** settingsOf the provisioner: where volumes lie on every node, and the pod and commands that make and remove one. */
function settingsOf(cluster: Cluster): Readonly<Record<string, string>> {
  const paths = [{ node: "DEFAULT_PATH_FOR_NON_LISTED_NODES", paths: ["/opt/local-path-provisioner"] }];
  const helper = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "helper-pod" },
    spec: {
      priorityClassName: "system-node-critical",
      // It is put on the volume's node past the scheduler, and a taint with NoExecute would end it there.
      tolerations: [{ operator: "Exists" }],
      containers: [{ name: "helper-pod", image: rancherImage(cluster, localPathImages.helper) }],
    },
  };
  return {
    "config.json": JSON.stringify({ nodePathMap: paths }),
    setup: '#!/bin/sh\nset -eu\nmkdir -m 0777 -p "$VOL_DIR"\n',
    teardown: '#!/bin/sh\nset -eu\nrm -rf "$VOL_DIR"\n',
    "helperPod.yaml": JSON.stringify(helper),
  };
}

function deploymentOf(cluster: Cluster): KubernetesObject {
  const labels = { "app.kubernetes.io/name": provisioner };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: provisioner, namespace: namespace.name, labels },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          serviceAccountName: provisioner,
          containers: [containerOf(cluster)],
          volumes: [{ name: "config", configMap: { name: settings } }],
        },
      },
    },
  };
}

function containerOf(cluster: Cluster): Json {
  const health = (path: string) => ({ httpGet: { path, port: "health" }, periodSeconds: 5 });
  return {
    name: provisioner,
    image: rancherImage(cluster, localPathImages.provisioner),
    command: ["local-path-provisioner", "start", "--config", "/etc/config/config.json"],
    env: [
      { name: "POD_NAMESPACE", value: namespace.name },
      { name: "CONFIG_MOUNT_PATH", value: "/etc/config/" },
      { name: "SERVICE_ACCOUNT_NAME", value: provisioner },
      { name: "HEALTH_PORT", value: "8080" },
    ],
    ports: [{ name: "health", containerPort: 8080 }],
    startupProbe: { ...health("/health"), failureThreshold: 12 },
    livenessProbe: health("/health"),
    readinessProbe: health("/ready"),
    volumeMounts: [{ name: "config", mountPath: "/etc/config/" }],
  };
}
