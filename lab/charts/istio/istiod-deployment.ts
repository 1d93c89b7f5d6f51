import type { JsonObject, KubernetesObjectLike } from "../../kubernetes/contract";
import type { Release } from "../chart";
import { someOf } from "../names";
import { labelsOf, pilot } from "./istiod-labels";
import type { IstiodValues } from "./istiod-values";
import { istioLabels } from "./release";

export function deployment(values: IstiodValues, release: Release): KubernetesObjectLike {
  const selector = { istio: "pilot" };
  const labels = { ...labelsOf(release), ...pilot, ...selector };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: {
      name: "istiod",
      namespace: release.namespace,
      labels: { ...labels, ...values.deploymentLabels },
    },
    spec: {
      replicas: values.autoscaleEnabled ? undefined : values.replicaCount,
      strategy: {
        rollingUpdate: { maxSurge: values.rollingMaxSurge, maxUnavailable: values.rollingMaxUnavailable },
      },
      selector: { matchLabels: selector },
      template: {
        metadata: {
          labels: podLabels(values, release),
          annotations: {
            "prometheus.io/port": "15014",
            "prometheus.io/scrape": "true",
            "sidecar.istio.io/inject": "false",
            ...values.podAnnotations,
          },
        },
        spec: {
          nodeSelector: someOf(values.nodeSelector),
          affinity: someOf(values.affinity),
          tolerations: [{ key: "cni.istio.io/not-ready", operator: "Exists" }, ...values.tolerations],
          topologySpreadConstraints: someOf(values.topologySpreadConstraints),
          serviceAccountName: "istiod",
          priorityClassName: values.global.priorityClassName || undefined,
          containers: [container(values, release)],
          volumes,
        },
      },
    },
  };
}

function podLabels(values: IstiodValues, release: Release): Record<string, string> {
  return {
    app: "istiod",
    "app.kubernetes.io/name": "istiod",
    ...istioLabels(release, "istiod"),
    ...pilot,
    istio: "pilot",
    "sidecar.istio.io/inject": "false",
    "istio.io/dataplane-mode": "none",
    ...values.podLabels,
  };
}

function container(values: IstiodValues, release: Release): JsonObject {
  const { hub, tag, variant, imagePullPolicy, logging, logAsJson, proxy } = values.global;
  return {
    name: "discovery",
    image: `${hub}/pilot:${tag}${variant === "" ? "" : `-${variant}`}`,
    imagePullPolicy: imagePullPolicy || undefined,
    args: [
      "discovery",
      "--monitoringAddr=:15014",
      `--log_output_level=${logging.level}`,
      ...(logAsJson ? ["--log_as_json"] : []),
      "--domain",
      proxy.clusterDomain,
      "--keepaliveMaxServerConnectionAge",
      "30m",
    ],
    ports: Object.entries(ports).map(([name, containerPort]) => ({ containerPort, protocol: "TCP", name })),
    readinessProbe: {
      httpGet: { path: "/ready", port: 8080 },
      initialDelaySeconds: 1,
      periodSeconds: 3,
      timeoutSeconds: 5,
    },
    env: environment(values, release),
    resources: values.resources,
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      capabilities: { drop: ["ALL"] },
      seccompProfile: someOf(values.seccompProfile),
    },
    volumeMounts: mounts,
  };
}

const ports = {
  "http-debug": 8080,
  "grpc-xds": 15010,
  "tls-xds": 15012,
  "https-webhooks": 15017,
  "http-monitoring": 15014,
};

function environment(values: IstiodValues, release: Release): JsonObject[] {
  const fromField = (name: string, fieldPath: string): JsonObject => ({
    name,
    valueFrom: { fieldRef: { apiVersion: "v1", fieldPath } },
  });
  return [
    { name: "REVISION", value: "default" },
    { name: "PILOT_CERT_PROVIDER", value: "istiod" },
    fromField("POD_NAME", "metadata.name"),
    fromField("POD_NAMESPACE", "metadata.namespace"),
    fromField("SERVICE_ACCOUNT", "spec.serviceAccountName"),
    { name: "KUBECONFIG", value: "/var/run/secrets/remote/config" },
    { name: "CA_TRUSTED_NODE_ACCOUNTS", value: `${release.namespace}/ztunnel` },
    ...Object.entries(values.env).map(([name, value]) => ({ name, value: String(value) })),
    ...(values.traceSampling === 0
      ? []
      : [{ name: "PILOT_TRACE_SAMPLING", value: String(values.traceSampling) }]),
    { name: "PILOT_ENABLE_ANALYSIS", value: "false" },
    { name: "CLUSTER_ID", value: "Kubernetes" },
    { name: "GOMAXPROCS", valueFrom: { resourceFieldRef: { resource: "limits.cpu", divisor: "1" } } },
    { name: "PLATFORM", value: "" },
  ];
}

const secretVolumes = {
  cacerts: "cacerts",
  "istio-kubeconfig": "istio-kubeconfig",
  "istio-csr-dns-cert": "istiod-tls",
};

const volumes: JsonObject[] = [
  { name: "local-certs", emptyDir: { medium: "Memory" } },
  {
    name: "istio-token",
    projected: {
      sources: [
        { serviceAccountToken: { audience: "istio-ca", expirationSeconds: 43200, path: "istio-token" } },
      ],
    },
  },
  ...Object.entries(secretVolumes).map(([name, secretName]) => ({
    name,
    secret: { secretName, optional: true },
  })),
  {
    name: "istio-csr-ca-configmap",
    configMap: { name: "istio-ca-root-cert", defaultMode: 420, optional: true },
  },
];

const mounts: JsonObject[] = [
  { name: "istio-token", mountPath: "/var/run/secrets/tokens", readOnly: true },
  { name: "local-certs", mountPath: "/var/run/secrets/istio-dns" },
  { name: "cacerts", mountPath: "/etc/cacerts", readOnly: true },
  { name: "istio-kubeconfig", mountPath: "/var/run/secrets/remote", readOnly: true },
  { name: "istio-csr-dns-cert", mountPath: "/var/run/secrets/istiod/tls", readOnly: true },
  { name: "istio-csr-ca-configmap", mountPath: "/var/run/secrets/istiod/ca", readOnly: true },
];
