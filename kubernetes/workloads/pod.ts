import type { LabelSelector, Pod, PodDns, Toleration, Volume } from "../../config/model/services";
import type { Json } from "../object";
import { omitEmpty } from "../omit-empty";
import { containerObject } from "./container";
import { type Inputs, inputAnnotations } from "./inputs";
import { memoryQuantity } from "./quantity";
import { podSecurity } from "./security";
import { selectorObject } from "./selector";

export interface PodTemplateProps {
  readonly pod: Pod;
  readonly namespace: string;
  readonly inputs: Inputs;
  /** spread over nodes; absent = the pods are no set that could be spread. */
  readonly spread?: Spread;
}

export interface Spread {
  readonly selector: LabelSelector;
  /** revisionLabel whose value tells the pods of one revision from those of another. */
  readonly revisionLabel?: string;
}

/** podTemplate, `spec.template` of every workload. */
export function podTemplate({ pod, namespace, inputs, spread }: PodTemplateProps): Json {
  return {
    metadata: {
      labels: omitEmpty(pod.labels),
      annotations: omitEmpty({ ...pod.annotations, ...inputAnnotations(pod, namespace, inputs) }),
    },
    spec: {
      automountServiceAccountToken: false,
      securityContext: podSecurity(pod),
      restartPolicy: pod.restartPolicy,
      terminationGracePeriodSeconds: pod.terminationGracePeriodSeconds,
      dnsPolicy: pod.dns.policy,
      dnsConfig: dnsConfig(pod.dns),
      nodeSelector: omitEmpty(pod.nodeLabels),
      tolerations: omitEmpty(pod.tolerations.map(toleration)),
      topologySpreadConstraints: spread && spreadConstraints(pod, spread),
      initContainers: omitEmpty(pod.initContainers.map(containerObject)),
      containers: pod.containers.map(containerObject),
      volumes: omitEmpty(pod.volumes.map(volume)),
    },
  };
}

function dnsConfig({ nameservers, searches, options }: PodDns): Json | undefined {
  return omitEmpty({
    ...(nameservers.length === 0 ? {} : { nameservers }),
    ...(searches.length === 0 ? {} : { searches }),
    ...(Object.keys(options).length === 0
      ? {}
      : { options: Object.entries(options).map(([name, value]) => ({ name, value: omitEmpty(value) })) }),
  });
}

function toleration({ key, value, effect }: Toleration): Json {
  return value === undefined
    ? { key, operator: "Exists", effect }
    : { key, operator: "Equal", value: omitEmpty(value), effect };
}

/**
 * spreadConstraints count the pods of one revision: with those of the last one counted too, a rollout could end with
 * all of them on one node. Nodes whose taints keep the pods out are no place to spread to.
 */
function spreadConstraints({ maxSkew }: Pod, { selector, revisionLabel }: Spread): Json | undefined {
  if (maxSkew === undefined) return undefined;
  return [
    {
      maxSkew,
      topologyKey: "kubernetes.io/hostname",
      whenUnsatisfiable: "DoNotSchedule",
      nodeTaintsPolicy: "Honor",
      labelSelector: selectorObject(selector),
      matchLabelKeys: revisionLabel === undefined ? undefined : [revisionLabel],
    },
  ];
}

function volume(volume: Volume): Json {
  const { name } = volume;
  switch (volume.kind) {
    case "config":
      return { name, configMap: { name: volume.configMap } };
    case "secret":
      return { name, secret: { secretName: volume.secret } };
    case "scratch":
      return {
        name,
        emptyDir: { sizeLimit: volume.size === undefined ? undefined : memoryQuantity(volume.size) },
      };
  }
}
