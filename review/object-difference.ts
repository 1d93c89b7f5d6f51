import { differing, isList, isObject, listAt, textAt, valueAt } from "./json";
import type { Json } from "./json";
import type { Change } from "./plan";

/** differenceOf an update: what of the object differs, in parentheses. */
export function differenceOf({ action, type, before, after }: Change): string {
  if (action !== "update") return "";
  if (type === "helm_release") {
    const [from, to] = [textAt(before, "version"), textAt(after, "version")];
    return from === to ? " (values)" : ` (${from ?? "?"} → ${to ?? "?"})`;
  }
  const [one, other] = [valueAt(before, "manifest"), valueAt(after, "manifest")];
  const all = [...containersIn(one, other), ...fieldsIn(one, other)];
  const said = all.length > 4 ? [...all.slice(0, 4), "…"] : all;
  const pods = isAnotherPod(one, other) ? ": its pods are replaced, a few at a time" : "";
  return said.length === 0 ? "" : ` (${said.join(", ")})${pods}`;
}

/** isAnotherPod: a workload's pods have to be made again to become what it asks for. */
export function isAnotherPod(before: Json | undefined, after: Json | undefined): boolean {
  return differing(podsOf(before), podsOf(after)).length > 0;
}

function podsOf(manifest: Json | undefined): Json | undefined {
  return valueAt(manifest, "spec", "template");
}

function containersIn(before: Json | undefined, after: Json | undefined): string[] {
  return ["initContainers", "containers"].flatMap((list) => {
    const [olds, news] = [before, after].map((side) => listAt(podsOf(side), "spec", list));
    return (news ?? []).flatMap((container) => {
      const name = textAt(container, "name") ?? "";
      const old = (olds ?? []).find((one) => textAt(one, "name") === name);
      if (old === undefined) return olds === undefined ? [] : [`container ${name} more`];
      return differing(old, container).map((field) => leaf(`${field} of ${name}`, old, container, field));
    });
  });
}

/** fieldsIn an object that differ, as deep as both sides are objects. */
function fieldsIn(before: Json | undefined, after: Json | undefined, at = ""): string[] {
  return differing(before, after).flatMap((field) => {
    const path = at === "" ? field : `${at}.${field}`;
    if (unsaid.has(path)) return [];
    const [one, other] = [valueAt(before, field), valueAt(after, field)];
    return isObject(one) && isObject(other) ? fieldsIn(one, other, path) : [leaf(path, before, after, field)];
  });
}

/** unsaid: containers are told by their names, and the annotation is the program's own. */
const unsaid = new Set([
  "metadata.annotations.slipway/spec",
  "spec.template.spec.containers",
  "spec.template.spec.initContainers",
]);

function leaf(path: string, before: Json | undefined, after: Json | undefined, field: string): string {
  const [one, other] = [short(valueAt(before, field)), short(valueAt(after, field))];
  return one === undefined || other === undefined ? path : `${path} ${one} → ${other}`;
}

/** short value, worth to be told; undefined where it is not. */
function short(value: Json | undefined): string | undefined {
  if (isList(value) && value.every((entry) => typeof entry === "string")) return short(value.join(", "));
  if (value === undefined || typeof value === "object") return undefined;
  const text = String(value);
  return text.length > 60 || text.length === 0 ? undefined : text;
}
