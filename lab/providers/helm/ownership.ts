import type { KubernetesObjectLike } from "../../kubernetes/contract";
import type { Release } from "../../charts";

const managedBy = "app.kubernetes.io/managed-by";
const releaseName = "meta.helm.sh/release-name";
const releaseNamespace = "meta.helm.sh/release-namespace";

/** owned marks an object as this release's, as Helm does with everything it applies. */
export function owned(object: KubernetesObjectLike, release: Release): KubernetesObjectLike {
  const { labels, annotations } = object.metadata;
  return {
    ...object,
    metadata: {
      ...object.metadata,
      labels: { ...labels, [managedBy]: "Helm" },
      annotations: {
        ...annotations,
        [releaseName]: release.name,
        [releaseNamespace]: release.namespace,
      },
    },
  };
}

/** conflict in Helm's words, when an object that is there already is not this release's; undefined when it is. */
export function conflict(existing: KubernetesObjectLike, release: Release): string | undefined {
  const { name, namespace = "", labels = {}, annotations = {} } = existing.metadata;
  const wrong = [
    ...missing("label", labels, managedBy, "Helm"),
    ...missing("annotation", annotations, releaseName, release.name),
    ...missing("annotation", annotations, releaseNamespace, release.namespace),
  ];
  if (wrong.length === 0) return undefined;
  const what = `${existing.kind} "${name}" in namespace "${namespace}"`;
  return `${what} exists and cannot be imported into the current release: invalid ownership metadata; ${wrong.join("; ")}`;
}

function missing(
  what: "label" | "annotation",
  found: Readonly<Record<string, string>>,
  key: string,
  value: string,
): string[] {
  const actual = found[key];
  if (actual === value) return [];
  const said =
    actual === undefined
      ? `missing key "${key}": must be set to "${value}"`
      : `key "${key}" must equal "${value}": current value is "${actual}"`;
  return [`${what} validation error: ${said}`];
}
