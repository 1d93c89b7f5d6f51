import type { Json } from "../../kubernetes/contract";
import { at } from "../../kubernetes/json";

export type FieldPath = readonly (string | number)[];

/** fieldPath reads `spec.ports[0].port` or `metadata.annotations["a.b/c"]`; undefined when it is none. */
export function fieldPath(text: string): FieldPath | undefined {
  const steps = [...text.matchAll(step)];
  if (steps.map(([whole]) => whole).join("") !== text) return undefined;
  return steps.map(([, name, index, key]) => (index === undefined ? (name ?? key ?? "") : Number(index)));
}

const step = /(?:^|\.)([A-Za-z_][\w-]*)|\[(\d+)\]|\["([^"]*)"\]/g;

/** writtenPath is a path as the engine prints it. */
export function writtenPath(path: FieldPath): string {
  return path
    .map((each) => {
      if (typeof each === "number") return `[${each}]`;
      return /^[A-Za-z_][\w-]*$/.test(each) ? `.${each}` : `["${each}"]`;
    })
    .join("");
}

export function fieldAt(object: Json, path: FieldPath): Json | undefined {
  return at(object, ...path);
}
