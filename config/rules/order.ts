import type { Draft } from "../draft";
import type { DraftRule } from "../draft/routes";
import { engineOf } from "../engine";
import type { Condition } from "../model/routes";
import { error } from "../problem";
import type { Problem } from "../problem";

/** order: where an engine chooses by rules of its own, they lead to the same choice as the file's order. */
export function order(drafts: readonly Draft[]): Problem[] {
  return drafts.flatMap((draft) => {
    const { ingress } = draft.input;
    if (ingress === undefined) return [];
    const engine = engineOf(ingress);
    if (engine === "ingress-nginx") return expressions(draft, engine);
    return engine.startsWith("gateway-api/")
      ? [...expressions(draft, engine), ...conditions(draft, engine)]
      : [];
  });
}

/** expressions: no engine says whether a regular expression or another path of its host comes first, but for two. */
function expressions(draft: Draft, engine: string): Problem[] {
  return draft.routes.flatMap(({ rules }) => {
    const expression = rules.find(({ path }) => path.kind === "regex");
    const other = rules.find(
      ({ pathKeys }) => expression !== undefined && pathKeys.join() !== expression.pathKeys.join(),
    );
    if (expression === undefined || other === undefined) return [];
    return [
      error("routes/order-unknown", [draft.at(...expression.pathKeys), draft.at(...other.pathKeys)], {
        found: `"${expression.path.value}" beside "${other.path.value}"`,
        why: `${engine} leaves open which of them takes a request that fits both`,
        fix: "write the expression as a prefix or exact path, or choose traefik or istio, which keep the order",
      }),
    ];
  });
}

/**
 * conditions of one path that may hold together are tried by Gateway API in an order of its own: a method first, then
 * more headers before fewer, then more query parameters.
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#httprouterule
 */
function conditions(draft: Draft, engine: string): Problem[] {
  return draft.routes.flatMap(({ rules }) =>
    rules.flatMap((rule, index) => {
      const before = rules.slice(0, index).find((earlier) => isMoreSpecific(rule, earlier));
      if (before === undefined) return [];
      return [
        error("routes/order-differs", [draft.at(...rule.keys), draft.at(...before.keys)], {
          found: "a condition that says more after one that says less",
          why: `${engine} tries the one with a method first, then the one with more headers, then more of the query`,
          fix: "put the condition that says more in front, or choose traefik or istio, which keep the order",
        }),
      ];
    }),
  );
}

function isMoreSpecific(later: DraftRule, earlier: DraftRule): boolean {
  if (later.pathKeys.join() !== earlier.pathKeys.join()) return false;
  if (later.condition === undefined || earlier.condition === undefined) return false;
  return weightOf(later.condition) > weightOf(earlier.condition);
}

function weightOf({ methods, headers, query }: Condition): number {
  return (methods.length > 0 ? 10_000 : 0) + headers.length * 100 + query.length;
}
