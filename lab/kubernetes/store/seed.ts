import type { JsonObject, KubernetesObjectLike } from "../contract";
import { objectOf } from "../json";
import type { Write } from "./admission";
import type { Api } from "./api";
import { kindNamed } from "./built-in/kinds";
import { addressOf, rangeOf } from "./cluster-ranges";
import { clusterAdmin } from "./rbac";

const write: Write = { manager: "kube-apiserver", validation: "Strict" };

/** seed makes what an API server and RKE2 make themselves in a cluster that begins. */
export function seed(api: Api): void {
  const first = addressOf((rangeOf(api.ranges.serviceCidr)?.first ?? 0) + 1);
  const objects = [
    ...["default", "kube-system", "kube-public", "kube-node-lease"].map(namespace),
    clusterAdmin,
    adminBinding,
    kubernetesService(first),
    ...helmDefinitions,
  ];
  for (const object of objects) api.create(kindNamed(object.kind), objectOf(object), write);
}

/** defaultAccount is the service account that every namespace gets at once. */
export function defaultAccount(namespace: string): KubernetesObjectLike {
  return { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "default", namespace } };
}

function namespace(name: string): KubernetesObjectLike {
  return { apiVersion: "v1", kind: "Namespace", metadata: { name } };
}

const rbacGroup = "rbac.authorization.k8s.io";
const adminBinding: KubernetesObjectLike = {
  apiVersion: `${rbacGroup}/v1`,
  kind: "ClusterRoleBinding",
  metadata: { name: "cluster-admin" },
  roleRef: { apiGroup: rbacGroup, kind: "ClusterRole", name: "cluster-admin" },
  subjects: [{ apiGroup: rbacGroup, kind: "Group", name: "system:masters" }],
};

function kubernetesService(clusterIP: string): KubernetesObjectLike {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: {
      name: "kubernetes",
      namespace: "default",
      labels: { component: "apiserver", provider: "kubernetes" },
    },
    spec: {
      type: "ClusterIP",
      clusterIP,
      ports: [{ name: "https", port: 443, targetPort: 6443, protocol: "TCP" }],
    },
  };
}

/** helmDefinitions are RKE2's own kinds (k3s-io/helm-controller: pkg/apis/helm.cattle.io/v1). */
export const helmDefinitions: readonly KubernetesObjectLike[] = [
  definition("HelmChart", "helmcharts", {
    ...words("targetNamespace chart version repo repoCA helmVersion jobImage failurePolicy chartContent"),
    ...flags(
      "createNamespace bootstrap takeOwnership authPassCredentials insecureSkipTLSVerify plainHTTP serverSide forceConflicts",
    ),
    ...words("valuesContent timeout driver"),
    ...trees(
      "values set valuesSecrets authSecret dockerRegistrySecret repoCAConfigMap podSecurityContext securityContext",
    ),
    backOffLimit: { type: "integer" },
  }),
  definition("HelmChartConfig", "helmchartconfigs", {
    ...words("valuesContent failurePolicy"),
    ...flags("serverSide forceConflicts"),
    ...trees("values valuesSecrets"),
  }),
];

function definition(kind: string, plural: string, properties: JsonObject): KubernetesObjectLike {
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${plural}.helm.cattle.io` },
    spec: {
      group: "helm.cattle.io",
      scope: "Namespaced",
      names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
      versions: [
        {
          name: "v1",
          served: true,
          storage: true,
          schema: {
            openAPIV3Schema: {
              type: "object",
              properties: {
                spec: { type: "object", properties },
                status: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
              },
            },
          },
          ...(kind === "HelmChart" ? { subresources: { status: {} } } : {}),
        },
      ],
    },
  };
}

function words(names: string): JsonObject {
  return Object.fromEntries(names.split(" ").map((name) => [name, { type: "string" }]));
}

function flags(names: string): JsonObject {
  return Object.fromEntries(names.split(" ").map((name) => [name, { type: "boolean" }]));
}

function trees(names: string): JsonObject {
  return Object.fromEntries(
    names.split(" ").map((name) => [name, { "x-kubernetes-preserve-unknown-fields": true }]),
  );
}
