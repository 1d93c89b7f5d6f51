import type { KubernetesObjectLike } from "../../kubernetes/contract";
import type { ChartRenderer, Release } from "../chart";
import { readValues } from "../read-values";
import { access } from "./access";
import { controller } from "./controller";
import { appVersion, labelsOf, version } from "./labels";
import { podLabels } from "./pod";
import { speaker } from "./speaker";
import { defaults, type MetallbValues, values as schema } from "./values";
import { webhook } from "./webhook";

export const metallb: ChartRenderer = {
  repository: "https://metallb.github.io/metallb",
  chart: "metallb",
  version,
  appVersion,
  render(given, release, crds) {
    const values = readValues(`metallb ${version}`, schema, defaults, given);
    return {
      crds: [],
      objects: [
        ...(values.crds.enabled ? crds.of("metallb") : []),
        ...access(values, release),
        ...excludedInterfaces(values, release),
        controller(values, release),
        speaker(values, release),
        ...webhook(values, release),
        ...networkPolicies(values, release),
      ],
    };
  },
};

const excluded = [
  "^docker.*",
  "^cbr.*",
  "^dummy.*",
  "^virbr.*",
  "^lxcbr.*",
  "^veth.*",
  "^lo$",
  "^cali.*",
  "^tunl.*",
  "^flannel.*",
  "^kube-ipvs.*",
  "^cni.*",
  "^nodelocaldns.*",
  "^lxc.*",
];

/** excludedInterfaces never answer for an address: they belong to containers. */
function excludedInterfaces({ speaker: own }: MetallbValues, release: Release): KubernetesObjectLike[] {
  if (!own.excludeInterfaces.enabled) return [];
  const lines = ["announcedInterfacesToExclude:", ...excluded.map((pattern) => `- ${pattern}`)];
  return [
    {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "metallb-excludel2", namespace: release.namespace, labels: labelsOf(release) },
      data: { "excludel2.yaml": `${lines.join("\n")}\n` },
    },
  ];
}

function networkPolicies({ networkpolicies, controller: own }: MetallbValues, release: Release) {
  const { enabled, defaultDeny, apiPort } = networkpolicies;
  const { namespace } = release;
  const ports = [
    { protocol: "TCP", port: "metricshttps" },
    ...(own.webhookMode === "disabled" ? [] : [{ protocol: "TCP", port: "webhook-server" }]),
  ];
  if (!enabled) return [];
  return [
    ...(defaultDeny
      ? [
          {
            apiVersion: "networking.k8s.io/v1",
            kind: "NetworkPolicy",
            metadata: { name: "default-deny", namespace },
            spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
          },
        ]
      : []),
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: { name: "controller", namespace },
      spec: {
        podSelector: { matchLabels: podLabels(release, "controller") },
        egress: [{ ports: [{ protocol: "TCP", port: apiPort }] }],
        ingress: ports.map((port) => ({ ports: [port] })),
        policyTypes: ["Egress", "Ingress"],
      },
    },
  ];
}
