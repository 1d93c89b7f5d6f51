import type { KubernetesObject } from "./object";

interface Named {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** metadataOf an object under its own or another name, without empty labels and annotations. */
export function metadataOf(
  { name, namespace, labels, annotations }: Named,
  called = name,
): KubernetesObject["metadata"] {
  return {
    name: called,
    ...(namespace === undefined ? {} : { namespace }),
    ...(hasEntries(labels) ? { labels } : {}),
    ...(hasEntries(annotations) ? { annotations } : {}),
  };
}

function hasEntries(
  record: Readonly<Record<string, string>> | undefined,
): record is Readonly<Record<string, string>> {
  return record !== undefined && Object.keys(record).length > 0;
}
