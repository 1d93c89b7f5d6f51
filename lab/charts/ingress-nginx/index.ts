import type { KubernetesObjectLike } from "../../kubernetes/contract";
import type { ChartRenderer, Release } from "../chart";
import { fullname, someOf } from "../names";
import { grants, reads, rule, serviceAccount } from "../rbac";
import { readValues } from "../read-values";
import { appVersion, controllerName, labelsOf, selectorLabels, version } from "./labels";
import { services } from "./services";
import { defaults, type NginxValues, values as schema } from "./values";
import { workload } from "./workload";

export const ingressNginx: ChartRenderer = {
  repository: "https://kubernetes.github.io/ingress-nginx",
  chart: "ingress-nginx",
  version,
  appVersion,
  render(given, release) {
    const values = readValues(`ingress-nginx ${version}`, schema, defaults, given);
    return {
      crds: [],
      objects: [
        ...access(values, release),
        ...settings(values, release),
        ...services(values, release),
        workload(values, release),
        ...disruptionBudget(values, release),
        ...ingressClass(values, release),
      ],
    };
  },
};

function access(values: NginxValues, release: Release): KubernetesObjectLike[] {
  const name = fullname(release, "ingress-nginx");
  const labels = labelsOf(values, release);
  const { namespace } = release;
  const account = serviceAccount(name, namespace, labels, true);
  if (!values.rbac.create) return [account];
  const seen = [
    rule(reads, "", "configmaps", "endpoints", "nodes", "pods", "secrets", "namespaces", "services"),
    rule(reads, "networking.k8s.io", "ingresses", "ingressclasses"),
    rule(["update"], "networking.k8s.io", "ingresses/status"),
    rule(["create", "patch"], "", "events"),
    rule(reads, "discovery.k8s.io", "endpointslices"),
  ];
  const leader = rule(["get", "update", "create", "list", "watch"], "coordination.k8s.io", "leases");
  return [
    account,
    ...grants([
      { kind: "ClusterRole", name, namespace, labels, rules: seen, to: [name] },
      { kind: "Role", name, namespace, labels, rules: [...seen, leader], to: [name] },
    ]),
  ];
}

/** settings, the ConfigMap that nginx is configured by, and the headers it names. */
function settings(values: NginxValues, release: Release): KubernetesObjectLike[] {
  const { config, addHeaders, proxySetHeaders, allowSnippetAnnotations } = values.controller;
  const name = fullname(release, "ingress-nginx");
  const { namespace } = release;
  const map = (own: string, data: Readonly<Record<string, string>>): KubernetesObjectLike => ({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: {
      name: own,
      namespace,
      labels: { ...labelsOf(values, release), ...values.controller.labels },
    },
    data,
  });
  const added = someOf(addHeaders);
  const set = someOf(proxySetHeaders);
  return [
    map(controllerName(release), {
      ...(allowSnippetAnnotations && { "allow-snippet-annotations": "true" }),
      ...(added && { "add-headers": `${namespace}/${name}-custom-add-headers` }),
      ...(set && { "proxy-set-headers": `${namespace}/${name}-custom-proxy-headers` }),
      ...Object.fromEntries(Object.entries(config).map(([key, value]) => [key, String(value)])),
    }),
    ...(added ? [map(`${name}-custom-add-headers`, added)] : []),
    ...(set ? [map(`${name}-custom-proxy-headers`, set)] : []),
  ];
}

/** disruptionBudget only where more than one pod is wanted: with one it would hold every drain. */
function disruptionBudget(values: NginxValues, release: Release): KubernetesObjectLike[] {
  const { kind, replicaCount, minAvailable, maxUnavailable, unhealthyPodEvictionPolicy } = values.controller;
  if (kind !== "Deployment" || replicaCount <= 1) return [];
  return [
    {
      apiVersion: "policy/v1",
      kind: "PodDisruptionBudget",
      metadata: {
        name: controllerName(release),
        namespace: release.namespace,
        labels: { ...labelsOf(values, release), ...values.controller.labels },
      },
      spec: {
        selector: { matchLabels: selectorLabels(release) },
        ...(maxUnavailable === undefined ? { minAvailable } : { maxUnavailable }),
        unhealthyPodEvictionPolicy: unhealthyPodEvictionPolicy || undefined,
      },
    },
  ];
}

function ingressClass(values: NginxValues, release: Release): KubernetesObjectLike[] {
  const { name, enabled, default: isDefault, controllerValue } = values.controller.ingressClassResource;
  if (!enabled) return [];
  return [
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "IngressClass",
      metadata: {
        name,
        labels: { ...labelsOf(values, release), ...values.controller.labels },
        ...(isDefault && { annotations: { "ingressclass.kubernetes.io/is-default-class": "true" } }),
      },
      spec: { controller: controllerValue },
    },
  ];
}
