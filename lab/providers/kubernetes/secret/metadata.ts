import type { JsonObject, KubernetesObjectLike } from "../../../kubernetes/contract";
import { UNKNOWN, type Attributes, type Value } from "../../protocol/value";
import { blocksOf, textsOf } from "../records";

/** plannedMetadata is the metadata block with what the provider adds: a namespace, and what the API will tell. */
export function plannedMetadata(block: Attributes): Attributes {
  return {
    ...block,
    namespace: block["namespace"] ?? "default",
    name: block["name"] ?? UNKNOWN,
    ...Object.fromEntries(computed.map((name) => [name, block[name] ?? UNKNOWN])),
  };
}

const computed = ["generation", "resource_version", "uid"] as const;

/** replacingMetadata, the fields of the block that name the object. */
export const replacingMetadata = ["name", "namespace", "generate_name"] as const;

/**
 * metadataState of an object. Labels and annotations under kubernetes.io are the cluster's own: they are kept only where
 * the configuration names them.
 */
export function metadataState({ metadata }: KubernetesObjectLike, known: Attributes): Attributes {
  const kept = (name: "labels" | "annotations"): Value => {
    const named = textsOf(known[name]);
    const entries = Object.entries(metadata[name] ?? {}).filter(([key]) => !isInternal(key) || key in named);
    return entries.length === 0 ? emptyOr(known[name]) : Object.fromEntries(entries);
  };
  return {
    annotations: kept("annotations"),
    generate_name: known["generate_name"] ?? null,
    generation: metadata.generation ?? 0,
    labels: kept("labels"),
    name: metadata.name,
    namespace: metadata.namespace ?? null,
    resource_version: metadata.resourceVersion ?? "",
    uid: metadata.uid ?? "",
  };
}

/** metadataChange is the patch that brings labels and annotations from one state to another. */
export function metadataChange(prior: Attributes, planned: Attributes): JsonObject {
  const changeOf = (name: "labels" | "annotations"): JsonObject => {
    const gone = Object.keys(textsOf(prior[name])).map((key): [string, null] => [key, null]);
    return { ...Object.fromEntries(gone), ...textsOf(planned[name]) };
  };
  return { labels: changeOf("labels"), annotations: changeOf("annotations") };
}

/** metadataOf a resource: its one metadata block. */
export function metadataOf(resource: Attributes): Attributes {
  const [block = {}] = blocksOf(resource["metadata"]);
  return block;
}

function isInternal(key: string): boolean {
  const host = key.includes("/") ? (key.split("/")[0] ?? "") : key;
  if (host === "app.kubernetes.io" || host === "service.beta.kubernetes.io") return false;
  return host.endsWith("kubernetes.io") || key.includes("deprecated.daemonset.template.generation");
}

function emptyOr(known: Value | undefined): Value {
  return known === undefined || known === UNKNOWN ? null : known === null ? null : {};
}
