import type { Draft } from "../../draft";
import { error } from "../../problem";
import type { Problem } from "../../problem";
import type { HostRule } from "./host-rules";
import { hostRules, mayBothTake } from "./host-rules";
import type { GatewayEngine } from "./precedence";
import { precedences, samePath } from "./precedence";
import { eachOnce } from "./refusal";

/** order: where Gateway API chooses by rules of its own, they lead to the same choice as the file's order. */
export function order(draft: Draft, engine: GatewayEngine): Problem[] {
  return eachOnce(
    hostRules(draft).flatMap((rules) => {
      const unknown = expressions(draft, engine, rules);
      return unknown.length > 0 ? unknown : otherwise(draft, engine, rules);
    }),
  );
}

/** expressions: Gateway API leaves open whether a regular expression or another path of its host comes first. */
function expressions(draft: Draft, engine: GatewayEngine, rules: readonly HostRule[]): Problem[] {
  const host = rules[0]?.host;
  const own = rules.filter((each) => each.host === host).map(({ rule }) => rule);
  const expression = own.find(({ path }) => path.kind === "regex");
  const other = own.find(({ pathKeys }) => pathKeys.join() !== expression?.pathKeys.join());
  if (expression === undefined || other === undefined) return [];
  return [
    error("routes/order-unknown", [draft.at(...expression.pathKeys), draft.at(...other.pathKeys)], {
      found: `"${expression.path.value}" beside "${other.path.value}"`,
      why: `${engine} leaves open which of them takes a request that fits both`,
      fix: "write the expression as a prefix or exact path, or choose traefik, istio or ingress-nginx, which keep the order",
    }),
  ];
}

/** otherwise: of two rules that can both take a request, the engine may try the other one first. */
function otherwise(draft: Draft, engine: GatewayEngine, rules: readonly HostRule[]): Problem[] {
  const { keeps, by } = precedences[engine];
  return rules.flatMap((later, index) => {
    const before = rules
      .slice(0, index)
      .find((earlier) => mayBothTake(earlier.rule, later.rule) && !keeps(earlier, later));
    if (before === undefined) return [];
    return [
      error("routes/order-differs", [draft.at(...later.rule.keys), draft.at(...before.rule.keys)], {
        found: `${said(before, later)} before ${said(later, before)}`,
        why: `${engine} may try them the other way round: ${by}`,
        fix: `${editOf(before, later)}, or choose traefik or istio, which keep the order`,
      }),
    ];
  });
}

function said({ host, rule }: HostRule, other: HostRule): string {
  const condition = rule.condition === undefined ? "" : " with a condition";
  return `"${host === other.host ? "" : host}${rule.path.value}"${condition}`;
}

function editOf(earlier: HostRule, later: HostRule): string {
  return samePath(earlier, later)
    ? "put the condition that says more in front"
    : "give one of them a host of its own";
}
