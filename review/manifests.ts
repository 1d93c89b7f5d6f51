import { isObject, listAt, textAt, valueAt } from "./json";
import type { Json } from "./json";
import type { Change } from "./plan";

/** manifestOf a change: the Kubernetes object as the program writes it, as it will be where it stays. */
export function manifestOf({ before, after }: Change): Json | undefined {
  return valueAt(after ?? before, "manifest");
}

export function kindOf(change: Change): string {
  return textAt(manifestOf(change), "kind") ?? "";
}

/** isEnding: what is there now will not be. */
export function isEnding({ action }: Change): boolean {
  return action === "replace" || action === "delete";
}

/** titleOf what a change is about in the cluster: "Deployment hello". */
export function titleOf(change: Change): string {
  const { type, name, before, after } = change;
  if (type === "helm_release") return `chart ${name}`;
  if (type === "kubernetes_secret_v1")
    return `Secret ${textAt(after ?? before, "metadata", 0, "name") ?? name}`;
  return `${kindOf(change) || type} ${textAt(manifestOf(change), "metadata", "name") ?? name}`;
}

/** hostsOf a route's object, whichever ingress controller it is for. */
export function hostsOf(manifest: Json | undefined): string[] {
  const spec = valueAt(manifest, "spec");
  return textsOf([
    ...listAt(spec, "hostnames"),
    ...listAt(spec, "hosts"),
    ...listAt(spec, "rules").map((rule) => valueAt(rule, "host") ?? ""),
    ...listAt(spec, "routes").flatMap((route) => quoted(route, /Host\(`([^`]+)`\)/g)),
  ]);
}

/** pathsOf a route's object; `/hello/` is what is below `/hello`. */
export function pathsOf(manifest: Json | undefined): string[] {
  const spec = valueAt(manifest, "spec");
  return textsOf([
    ...listAt(spec, "rules").flatMap((rule) => [
      ...listAt(rule, "matches").map((match) => valueAt(match, "path", "value") ?? ""),
      ...listAt(rule, "http", "paths").map((path) => valueAt(path, "path") ?? ""),
    ]),
    ...listAt(spec, "http").flatMap((rule) =>
      listAt(rule, "match").flatMap((match) => {
        const uri = valueAt(match, "uri");
        return isObject(uri) ? Object.values(uri) : [];
      }),
    ),
    ...listAt(spec, "routes").flatMap((route) => quoted(route, /Path(?:Prefix|Regexp)?\(`([^`]+)`\)/g)),
  ]).filter((path, _, all) => !(path.endsWith("/") && all.includes(path.slice(0, -1))));
}

function quoted(route: Json, pattern: RegExp): string[] {
  return [...(textAt(route, "match") ?? "").matchAll(pattern)].map(([, text = ""]) => text);
}

function textsOf(values: readonly Json[]): string[] {
  return [...new Set(values.flatMap((value) => (typeof value === "string" && value !== "" ? value : [])))];
}
