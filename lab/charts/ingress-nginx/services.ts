import type { JsonObject, KubernetesObjectLike } from "../../kubernetes/contract";
import type { Release } from "../chart";
import { fullname, someOf } from "../names";
import { controllerName, labelsOf, selectorLabels } from "./labels";
import type { Controller, NginxValues } from "./values";

/** services: the one that has the ingress address, and those for metrics and admission. */
export function services(values: NginxValues, release: Release): KubernetesObjectLike[] {
  const { service, metrics, admissionWebhooks } = values.controller;
  return [
    ...(service.enabled ? [entry(values, release)] : []),
    ...(metrics.enabled && metrics.service.enabled ? [metricsService(values, release)] : []),
    ...(admissionWebhooks.enabled ? admission(values, release) : []),
  ];
}

function entry(values: NginxValues, release: Release): KubernetesObjectLike {
  const { service } = values.controller;
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: {
      name: controllerName(release),
      namespace: release.namespace,
      labels: { ...labelsOf(values, release), ...service.labels },
      annotations: service.annotations,
    },
    spec: {
      type: service.type,
      loadBalancerIP: service.loadBalancerIP || undefined,
      loadBalancerSourceRanges: someOf(service.loadBalancerSourceRanges),
      loadBalancerClass: service.loadBalancerClass || undefined,
      externalTrafficPolicy: service.externalTrafficPolicy || undefined,
      sessionAffinity: service.sessionAffinity || undefined,
      ipFamilyPolicy: service.ipFamilyPolicy || undefined,
      ipFamilies: someOf(service.ipFamilies),
      ports: [
        ...(service.enableHttp ? [servicePort("http", service)] : []),
        ...(service.enableHttps ? [servicePort("https", service)] : []),
      ],
      selector: selectorLabels(release),
    },
  };
}

function servicePort(name: "http" | "https", service: Controller["service"]): JsonObject {
  const nodePort = service.type === "ClusterIP" ? "" : service.nodePorts[name];
  return {
    name,
    port: service.ports[name],
    protocol: "TCP",
    targetPort: service.targetPorts[name],
    appProtocol: service.appProtocol ? name : undefined,
    nodePort: nodePort === "" ? undefined : nodePort,
  };
}

function metricsService(values: NginxValues, release: Release): KubernetesObjectLike {
  const { annotations, labels, servicePort: port } = values.controller.metrics.service;
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: {
      name: `${controllerName(release)}-metrics`,
      namespace: release.namespace,
      labels: { ...labelsOf(values, release), ...labels },
      annotations,
    },
    spec: {
      type: "ClusterIP",
      ports: [{ name: "metrics", port, protocol: "TCP", targetPort: "metrics" }],
      selector: selectorLabels(release),
    },
  };
}

/** admission, by which nginx judges Ingresses. The jobs that make its certificate are hooks, and are left out. */
function admission(values: NginxValues, release: Release): KubernetesObjectLike[] {
  const { failurePolicy, timeoutSeconds } = values.controller.admissionWebhooks;
  const name = `${controllerName(release)}-admission`;
  const labels = labelsOf(values, release);
  const { namespace } = release;
  return [
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name, namespace, labels: { ...labels, ...values.controller.labels } },
      spec: {
        type: "ClusterIP",
        ports: [{ name: "https-webhook", port: 443, targetPort: "webhook", appProtocol: "https" }],
        selector: selectorLabels(release),
      },
    },
    {
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: "ValidatingWebhookConfiguration",
      metadata: {
        name: `${fullname(release, "ingress-nginx")}-admission`,
        labels: { ...labels, "app.kubernetes.io/component": "admission-webhook" },
      },
      webhooks: [
        {
          name: "validate.nginx.ingress.kubernetes.io",
          matchPolicy: "Equivalent",
          rules: [
            {
              apiGroups: ["networking.k8s.io"],
              apiVersions: ["v1"],
              operations: ["CREATE", "UPDATE"],
              resources: ["ingresses"],
            },
          ],
          failurePolicy,
          sideEffects: "None",
          admissionReviewVersions: ["v1"],
          clientConfig: { service: { name, namespace, port: 443, path: "/networking/v1/ingresses" } },
          timeoutSeconds,
        },
      ],
    },
  ];
}
