import { stringify } from "yaml";
import type { KubernetesObjectLike } from "../../kubernetes/contract";
import { someOf } from "../names";
import { deployment, disruptionBudget, metadataOf, metricsPort, type Part, service, version } from "./part";

export function controller(part: Part): KubernetesObjectLike[] {
  const { values } = part;
  const config = someOf(values.config);
  const { enabled: probed, ...probe } = values.livenessProbe;
  return [
    ...disruptionBudget(part),
    ...(config === undefined ? [] : [configuration(part, config)]),
    ...service(
      part,
      values.prometheus.enabled ? [{ protocol: "TCP", port: 9402, name: "http-metrics" }] : [],
    ),
    deployment(
      part,
      {
        args: containerArguments(part),
        ports: [metricsPort, { containerPort: 9403, name: "http-healthz", protocol: "TCP" }],
        volumeMounts: config && [{ name: "config", mountPath: "/var/cert-manager/config" }],
        livenessProbe: probed
          ? { httpGet: { port: "http-healthz", path: "/livez", scheme: "HTTP" }, ...probe }
          : undefined,
      },
      { volumes: config && [{ name: "config", configMap: { name: metadataOf(part).name } }] },
    ),
  ];
}

function configuration(part: Part, config: Part["values"]["config"]): KubernetesObjectLike {
  const named = {
    apiVersion: "controller.config.cert-manager.io/v1alpha1",
    kind: "ControllerConfiguration",
    ...config,
  };
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: metadataOf(part),
    data: { "config.yaml": stringify(named, { sortMapEntries: true }) },
  };
}

function containerArguments({ values }: Part): string[] {
  const { ingressShim: shim, dns01RecursiveNameservers: nameservers } = values;
  return [
    `--v=${values.global.logLevel}`,
    ...(someOf(values.config) === undefined ? [] : ["--config=/var/cert-manager/config/config.yaml"]),
    `--cluster-resource-namespace=${values.clusterResourceNamespace || "$(POD_NAMESPACE)"}`,
    `--leader-election-namespace=${values.global.leaderElection.namespace}`,
    `--acme-http01-solver-image=quay.io/jetstack/cert-manager-acmesolver:${version}`,
    ...values.extraArgs,
    ...(shim.defaultIssuerName === undefined ? [] : [`--default-issuer-name=${shim.defaultIssuerName}`]),
    ...(shim.defaultIssuerKind === undefined ? [] : [`--default-issuer-kind=${shim.defaultIssuerKind}`]),
    ...(shim.defaultIssuerGroup === undefined ? [] : [`--default-issuer-group=${shim.defaultIssuerGroup}`]),
    ...(values.featureGates === "" ? [] : [`--feature-gates=${values.featureGates}`]),
    ...(values.maxConcurrentChallenges === 0
      ? []
      : [`--max-concurrent-challenges=${values.maxConcurrentChallenges}`]),
    ...(values.enableCertificateOwnerRef ? ["--enable-certificate-owner-ref=true"] : []),
    ...(values.dns01RecursiveNameserversOnly ? ["--dns01-recursive-nameservers-only=true"] : []),
    ...(nameservers === "" ? [] : [`--dns01-recursive-nameservers=${nameservers}`]),
  ];
}
