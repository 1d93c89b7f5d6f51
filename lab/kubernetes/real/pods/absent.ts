import type { KubernetesObjectLike } from "../../contract";
import { at, listAt, textAt } from "../../json";

/** absentImages, parts of the platform that the lab neither runs nor imitates. */
const absentImages =
  /(^|\/)(metallb\/|jetstack\/|istio\/|ingress-nginx\/|longhornio\/|rancher\/local-path-provisioner)/;

/** isAbsent: nothing runs in its place, and it is called ready; so are pods in their host's network. */
export function isAbsent(pod: KubernetesObjectLike): boolean {
  if (at(pod, "spec", "hostNetwork") === true) return true;
  return listAt(pod, "spec", "containers").some((container) => {
    return absentImages.test(textAt(container, "image") ?? "");
  });
}
