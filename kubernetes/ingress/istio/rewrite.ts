import type { PathMatch, Rewrite, RouteRule } from "../../../config/model/routes";
import type { Json } from "../../object";

/** rewriteOf a rule's path and host; undefined = both stay. */
export function rewriteOf({ path, policy }: RouteRule): Json | undefined {
  const { rewrite, hostRewrite } = policy;
  if (rewrite === undefined && hostRewrite === undefined) return undefined;
  return {
    ...(rewrite && { uriRegexRewrite: { match: replacedPart(path, rewrite), rewrite: rewrite.value } }),
    ...(hostRewrite !== undefined && { authority: hostRewrite }),
  };
}

/**
 * replacedPart of a path, as RE2. Istio's plain `uri` will not do: it puts the same text for `/p` and for `/p/`, glued
 * to what follows.
 */
function replacedPart(path: PathMatch, rewrite: Rewrite): string {
  if (rewrite.kind === "full") return "^/.*$";
  const prefix = `^${escaped(path.value.replace(/\/$/, ""))}`;
  return rewrite.value.endsWith("/") ? `${prefix}/?` : prefix;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
