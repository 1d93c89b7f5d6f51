import type { KubernetesObjectLike } from "./contract";
import { recordAt } from "./json";
import { hasLabels } from "./store/selector";

/** selectedBy these Services, by name. */
export function selectedBy(
  pod: KubernetesObjectLike,
  services: readonly KubernetesObjectLike[],
): readonly string[] {
  const labels = recordAt(pod, "metadata", "labels");
  return services
    .filter(({ metadata }) => metadata.namespace === pod.metadata.namespace)
    .filter((service) => {
      const selector = recordAt(service, "spec", "selector");
      return Object.keys(selector).length > 0 && hasLabels(selector, labels);
    })
    .map(({ metadata }) => metadata.name)
    .sort();
}
