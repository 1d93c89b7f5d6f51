import type { Kind } from "../kind";

/**
 * builtIn are the kinds that are there before any CustomResourceDefinition: those that charts and clusters of this
 * lab use, each in the version that Kubernetes 1.36 stores.
 */
export const builtIn: readonly Kind[] = [
  ...group("", "v1", [
    ["Namespace", "namespaces", "cluster status ns"],
    ["Node", "nodes", "cluster status no"],
    ["PersistentVolume", "persistentvolumes", "cluster status pv"],
    ["Pod", "pods", "status po"],
    ["Service", "services", "status svc"],
    ["ServiceAccount", "serviceaccounts", "sa"],
    ["ConfigMap", "configmaps", "cm"],
    ["Secret", "secrets", ""],
    ["Event", "events", "ev"],
    ["PersistentVolumeClaim", "persistentvolumeclaims", "status pvc"],
    ["LimitRange", "limitranges", "limits"],
    ["ResourceQuota", "resourcequotas", "status quota"],
  ]),
  ...group("apps", "v1", [
    ["Deployment", "deployments", "status deploy"],
    ["ReplicaSet", "replicasets", "status rs"],
    ["StatefulSet", "statefulsets", "status sts"],
    ["DaemonSet", "daemonsets", "status ds"],
    ["ControllerRevision", "controllerrevisions", ""],
  ]),
  ...group("batch", "v1", [
    ["Job", "jobs", "status"],
    ["CronJob", "cronjobs", "status cj"],
  ]),
  ...group("policy", "v1", [["PodDisruptionBudget", "poddisruptionbudgets", "status pdb"]]),
  ...group("autoscaling", "v2", [["HorizontalPodAutoscaler", "horizontalpodautoscalers", "status hpa"]]),
  ...group("discovery.k8s.io", "v1", [["EndpointSlice", "endpointslices", ""]]),
  ...group("coordination.k8s.io", "v1", [["Lease", "leases", ""]]),
  ...group("networking.k8s.io", "v1", [
    ["Ingress", "ingresses", "status ing"],
    ["IngressClass", "ingressclasses", "cluster"],
    ["NetworkPolicy", "networkpolicies", "netpol"],
  ]),
  ...group("rbac.authorization.k8s.io", "v1", [
    ["ClusterRole", "clusterroles", "cluster"],
    ["ClusterRoleBinding", "clusterrolebindings", "cluster"],
    ["Role", "roles", ""],
    ["RoleBinding", "rolebindings", ""],
  ]),
  ...group("apiextensions.k8s.io", "v1", [
    ["CustomResourceDefinition", "customresourcedefinitions", "cluster status crd crds"],
  ]),
  ...group("admissionregistration.k8s.io", "v1", [
    ["ValidatingWebhookConfiguration", "validatingwebhookconfigurations", "cluster"],
    ["MutatingWebhookConfiguration", "mutatingwebhookconfigurations", "cluster"],
    ["ValidatingAdmissionPolicy", "validatingadmissionpolicies", "cluster status"],
    ["ValidatingAdmissionPolicyBinding", "validatingadmissionpolicybindings", "cluster"],
  ]),
  ...group("apiregistration.k8s.io", "v1", [["APIService", "apiservices", "cluster status"]]),
  ...group("scheduling.k8s.io", "v1", [["PriorityClass", "priorityclasses", "cluster pc"]]),
  ...group("storage.k8s.io", "v1", [["StorageClass", "storageclasses", "cluster sc"]]),
];

/** kindNamed finds a built-in kind by its name, which no two of them share. */
export function kindNamed(name: string): Kind {
  const found = builtIn.find(({ kind }) => kind === name);
  if (found === undefined) throw new Error(`the lab's API has no built-in kind ${name}`);
  return found;
}

function group(name: string, version: string, rows: readonly (readonly [string, string, string])[]): Kind[] {
  return rows.map(([kind, plural, words]) => {
    const said = words.split(" ").filter((word) => word !== "");
    return {
      group: name,
      version,
      kind,
      plural,
      namespaced: !said.includes("cluster"),
      hasStatus: said.includes("status"),
      shortNames: said.filter((word) => word !== "cluster" && word !== "status"),
      storageVersion: version,
    };
  });
}
