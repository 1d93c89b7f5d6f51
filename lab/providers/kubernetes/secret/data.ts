import type { KubernetesObjectLike } from "../../../kubernetes/contract";
import { recordAt } from "../../../kubernetes/json";
import type { Attributes } from "../../protocol/value";
import { sameValue } from "../../protocol/value";
import { textsOf } from "../records";

/** Encoded is a Secret's `data`: base64 by key. */
export type Encoded = Readonly<Record<string, string>>;

/** createdData of a new Secret. A write-only map counts only with a revision from 1: without one nothing is written. */
export function createdData(planned: Attributes, config: Attributes): Encoded {
  const text = hasRevision(planned, "data_wo_revision") ? config["data_wo"] : planned["data"];
  const binary = hasRevision(planned, "binary_data_wo_revision")
    ? config["binary_data_wo"]
    : planned["binary_data"];
  return { ...encoded(textsOf(text)), ...textsOf(binary) };
}

/**
 * updatedData is the whole `data` after an update; undefined leaves it as it is. As in the provider, a map whose
 * revision stays is not written again when the other one's rises.
 * @see https://github.com/hashicorp/terraform-provider-kubernetes/blob/v2.38.0/kubernetes/resource_kubernetes_secret_v1.go
 */
export function updatedData(prior: Attributes, planned: Attributes, config: Attributes): Encoded | undefined {
  const changed = (name: string): boolean => !sameValue(prior[name] ?? null, planned[name] ?? null);
  if (!["data_wo_revision", "data", "binary_data_wo_revision", "binary_data"].some(changed)) return undefined;
  const text = changed("data_wo_revision") ? config["data_wo"] : planned["data"];
  const binary = changed("binary_data_wo_revision") ? config["binary_data_wo"] : planned["binary_data"];
  return { ...encoded(textsOf(text)), ...textsOf(binary) };
}

/** dataState is what a state says of the data: nothing where a write-only map is in use. */
export function dataState(secret: KubernetesObjectLike, known: Attributes): Attributes {
  if (hasRevision(known, "data_wo_revision") || hasRevision(known, "binary_data_wo_revision"))
    return { data: known["data"] ?? null, binary_data: known["binary_data"] ?? null };
  const found = recordAt(secret, "data");
  const binaryKeys = Object.keys(textsOf(known["binary_data"]));
  const text = Object.entries(found).filter(([key]) => !binaryKeys.includes(key));
  const binary = binaryKeys.map((key): [string, string] => [key, found[key] ?? ""]);
  return {
    data: Object.fromEntries(
      text.map(([key, value]) => [key, Buffer.from(value, "base64").toString("utf8")]),
    ),
    binary_data: known["binary_data"] === null ? null : Object.fromEntries(binary),
  };
}

function hasRevision(resource: Attributes, name: string): boolean {
  const revision = resource[name];
  return typeof revision === "number" && revision >= 1;
}

function encoded(texts: Readonly<Record<string, string>>): Encoded {
  return Object.fromEntries(
    Object.entries(texts).map(([key, text]) => [key, Buffer.from(text).toString("base64")]),
  );
}
