import type { JsonObject, KubernetesObjectLike } from "../../kubernetes/contract";
import { ChartRefusal, type Release } from "../chart";
import { fullname } from "../names";
import { componentOf, labelsOf } from "./labels";
import { containerBasics, flags, fromField, placement, podAnnotations, podLabels, probe } from "./pod";
import type { MetallbValues } from "./values";

/** speaker answers for the addresses, on every node. */
export function speaker(values: MetallbValues, release: Release): KubernetesObjectLike {
  const own = values.speaker;
  if (!own.memberlist.enabled && Object.keys(own.nodeSelector).length > 0)
    throw new ChartRefusal("nodeSelector must be empty when memberlist is disabled");
  const name = `${fullname(release, "metallb")}-speaker`;
  const labels = podLabels(release, "speaker");
  return {
    apiVersion: "apps/v1",
    kind: "DaemonSet",
    metadata: {
      name,
      namespace: release.namespace,
      labels: { ...labelsOf(release), ...componentOf("speaker"), ...own.labels },
    },
    spec: {
      updateStrategy: own.updateStrategy,
      selector: { matchLabels: labels },
      template: {
        metadata: { annotations: podAnnotations(values, own), labels: { ...labels, ...own.labels } },
        spec: {
          serviceAccountName: own.serviceAccount.name || name,
          terminationGracePeriodSeconds: 0,
          hostNetwork: true,
          securityContext: own.securityContext,
          volumes: volumes(values, release),
          containers: [container(values)],
          ...placement(own, [...(own.tolerateMaster ? servers : []), ...own.tolerations]),
        },
      },
    },
  };
}

const servers = ["master", "control-plane"].map((role) => ({
  key: `node-role.kubernetes.io/${role}`,
  effect: "NoSchedule" as const,
  operator: "Exists" as const,
}));

function volumes({ speaker: own }: MetallbValues, release: Release): JsonObject[] {
  const secretName = `${fullname(release, "metallb")}-memberlist`;
  return [
    ...(own.memberlist.enabled ? [{ name: "memberlist", secret: { secretName, defaultMode: 420 } }] : []),
    ...(own.excludeInterfaces.enabled
      ? [{ name: "metallb-excludel2", configMap: { defaultMode: 256, name: "metallb-excludel2" } }]
      : []),
    { name: "memberlist-config", configMap: { name: "metallb-memberlist-config", optional: true } },
  ];
}

function container(values: MetallbValues): JsonObject {
  const own = values.speaker;
  const { enabled: memberlist, mlBindPort, mlSecretKeyPath } = own.memberlist;
  const exclude = own.excludeInterfaces.enabled;
  return {
    name: "speaker",
    ...containerBasics(own),
    args: [...flags(values, own), ...(own.ignoreExcludeLB ? ["--ignore-exclude-lb"] : [])],
    env: [
      fromField("METALLB_NODE_NAME", "spec.nodeName"),
      fromField("METALLB_HOST", "status.hostIP"),
      ...(memberlist ? memberlistEnvironment(own.memberlist) : []),
      fromField("METALLB_POD_NAME", "metadata.name"),
    ],
    ports: [
      { name: "metricshttps", containerPort: values.prometheus.metricsPort },
      ...(memberlist
        ? [
            { name: "memberlist-tcp", containerPort: mlBindPort, protocol: "TCP" },
            { name: "memberlist-udp", containerPort: mlBindPort, protocol: "UDP" },
          ]
        : []),
    ],
    livenessProbe: probe("/healthz", own.livenessProbe, "127.0.0.1"),
    readinessProbe: probe("/readyz", own.readinessProbe, "127.0.0.1"),
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"], add: ["NET_RAW"] },
    },
    volumeMounts:
      memberlist || exclude
        ? [
            { name: "memberlist-config", mountPath: "/etc/metallb/memberlist", readOnly: true },
            ...(memberlist ? [{ name: "memberlist", mountPath: mlSecretKeyPath }] : []),
            ...(exclude ? [{ name: "metallb-excludel2", mountPath: "/etc/metallb" }] : []),
          ]
        : undefined,
  };
}

function memberlistEnvironment(memberlist: MetallbValues["speaker"]["memberlist"]): JsonObject[] {
  const { mlBindAddrOverride: address, mlBindPort, mlSecretKeyPath } = memberlist;
  return [
    address === ""
      ? fromField("METALLB_ML_BIND_ADDR", "status.podIP")
      : { name: "METALLB_ML_BIND_ADDR", value: address },
    {
      name: "METALLB_ML_LABELS",
      value: "app.kubernetes.io/name=metallb,app.kubernetes.io/component=speaker",
    },
    { name: "METALLB_ML_BIND_PORT", value: String(mlBindPort) },
    { name: "METALLB_ML_SECRET_KEY_PATH", value: mlSecretKeyPath },
  ];
}
