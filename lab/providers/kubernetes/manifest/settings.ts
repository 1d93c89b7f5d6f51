import { ProviderError } from "../../protocol/problem";
import { isList, type Attributes } from "../../protocol/value";
import { milliseconds } from "../duration";
import { fieldPath, type FieldPath } from "../field-path";
import { blocksOf } from "../records";

export interface FieldManager {
  readonly manager: string;
  readonly force: boolean;
}

/** fieldManagerOf a resource: `Terraform`, without force, where its block says nothing else. */
export function fieldManagerOf(resource: Attributes): FieldManager {
  const [block = {}] = blocksOf(resource["field_manager"]);
  const name = block["name"];
  return { manager: typeof name === "string" ? name : "Terraform", force: block["force_conflicts"] === true };
}

/** computedFieldsOf a resource: what the API may change in it; labels and annotations where nothing is said. */
export function computedFieldsOf(resource: Attributes): readonly FieldPath[] {
  const given = resource["computed_fields"] ?? null;
  if (!isList(given))
    return [
      ["metadata", "annotations"],
      ["metadata", "labels"],
    ];
  return given.flatMap((text) => {
    if (typeof text !== "string") return [];
    const path = fieldPath(text);
    if (path !== undefined) return [path];
    throw new ProviderError({
      summary: `[computed_fields] cannot parse field path element: ${text}`,
      detail: `invalid field path ${JSON.stringify(text)}`,
    });
  });
}

export type Operation = "create" | "update" | "delete";

export const operations: readonly Operation[] = ["create", "update", "delete"];

/** timeoutOf an operation as it is written: ten minutes where nothing is said. */
export function timeoutOf(resource: Attributes, operation: Operation): string {
  const [block = {}] = blocksOf(resource["timeouts"]);
  const given = block[operation];
  return typeof given === "string" && given !== "" ? given : "10m";
}

export function deadlineOf(resource: Attributes, operation: Operation): number {
  return Date.now() + (milliseconds(timeoutOf(resource, operation)) ?? 0);
}
