import type { Draft } from "../../draft";
import type { DraftRule } from "../../draft/routes";
import type { EngineName } from "../../model/ingress";
import type { Condition } from "../../model/routes";
import { error } from "../../problem";
import type { Problem } from "../../problem";
import { eachOnce } from "./refusal";

/** order: where Gateway API chooses by rules of its own, they lead to the same choice as the file's order. */
export function order(draft: Draft, engine: EngineName): Problem[] {
  return [...expressions(draft, engine), ...conditions(draft, engine)];
}

/** expressions: Gateway API leaves open whether a regular expression or another path of its host comes first. */
function expressions(draft: Draft, engine: EngineName): Problem[] {
  return eachOnce(
    [...rulesByHost(draft).values()].flatMap((rules) => {
      const expression = rules.find(({ path }) => path.kind === "regex");
      const other = rules.find(({ pathKeys }) => pathKeys.join() !== expression?.pathKeys.join());
      if (expression === undefined || other === undefined) return [];
      return [
        error("routes/order-unknown", [draft.at(...expression.pathKeys), draft.at(...other.pathKeys)], {
          found: `"${expression.path.value}" beside "${other.path.value}"`,
          why: `${engine} leaves open which of them takes a request that fits both`,
          fix: "write the expression as a prefix or exact path, or choose traefik, istio or ingress-nginx, which keep the order",
        }),
      ];
    }),
  );
}

function rulesByHost({ routes }: Draft): Map<string, DraftRule[]> {
  const byHost = new Map<string, DraftRule[]>();
  for (const { hosts, rules } of routes) {
    for (const host of hosts) {
      const known = byHost.get(host);
      if (known === undefined) byHost.set(host, [...rules]);
      else known.push(...rules);
    }
  }
  return byHost;
}

/**
 * conditions of one path that may hold together are tried by Gateway API in an order of its own: a method first, then
 * more headers before fewer, then more query parameters.
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#httprouterule
 */
function conditions(draft: Draft, engine: EngineName): Problem[] {
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
