import type { KubernetesObjectLike } from "../../contract";
import { isObject, listAt, objectAt, textAt } from "../../json";
import type { Admission } from "../admission";
import { forbidden } from "../problem";
import { isLevel, violations } from "./pod-security";

const enforce = "pod-security.kubernetes.io/enforce";

/** admitPod gives a pod its service account and the tolerations of every pod, and holds it to its namespace's level. */
export function admitPod(
  pod: KubernetesObjectLike,
  { before, kind, reader }: Admission,
): KubernetesObjectLike {
  if (before !== undefined) return pod;
  const { name, namespace = "" } = pod.metadata;
  const spec = objectAt(pod, "spec");
  const account = textAt(spec, "serviceAccountName") ?? "default";
  if (reader.find("ServiceAccount", account, namespace) === undefined)
    throw forbidden(
      kind,
      name,
      `error looking up service account ${namespace}/${account}: serviceaccount "${account}" not found`,
    );
  const labels = reader.find("Namespace", namespace)?.metadata.labels ?? {};
  const level = labels[enforce];
  const broken = isLevel(level) ? violations(spec, level) : [];
  if (broken.length > 0) {
    const version = labels[`${enforce}-version`] ?? "latest";
    throw forbidden(kind, name, `violates PodSecurity "${level ?? ""}:${version}": ${broken.join(", ")}`);
  }
  const tolerations = listAt(spec, "tolerations").filter(isObject);
  const missing = ["not-ready", "unreachable"]
    .map((condition) => `node.kubernetes.io/${condition}`)
    .filter(
      (key) => !tolerations.some((one) => (one["key"] ?? key) === key && one["effect"] !== "NoSchedule"),
    )
    .map((key) => ({ key, operator: "Exists", effect: "NoExecute", tolerationSeconds: 300 }));
  return {
    ...pod,
    spec: {
      ...spec,
      serviceAccountName: account,
      serviceAccount: account,
      enableServiceLinks: spec["enableServiceLinks"] ?? true,
      tolerations: [...tolerations, ...missing],
    },
    status: { phase: "Pending", qosClass: "Burstable" },
  };
}
