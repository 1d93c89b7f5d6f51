import type { Rewrite } from "../model/routes";
import type { RewriteInput } from "../schema/policy";

/** rewriteOf a path: a plain text takes the place of the prefix that matched. */
export function rewriteOf(written: RewriteInput): Rewrite {
  if (typeof written === "string") return { kind: "prefix", value: written };
  return "prefix" in written
    ? { kind: "prefix", value: written.prefix }
    : { kind: "full", value: written.full };
}
