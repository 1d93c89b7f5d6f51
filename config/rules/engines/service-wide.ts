import type { Capability } from "../../capabilities";
import type { Draft } from "../../draft";
import type { DraftRule } from "../../draft/routes";
import type { EngineName } from "../../model/ingress";
import type { Problem } from "../../problem";
import type { PolicyInput } from "../../schema/policy";
import { ableAt, refused } from "./refusal";

/**
 * serviceWide: what these engines hold once for a service, whichever path leads there. Paths that lead to one service
 * have to ask for the same.
 */
export function serviceWide(draft: Draft, engine: "gateway-api/istio" | "ingress-nginx"): Problem[] {
  const services = byService(draft.routes.flatMap(({ rules }) => rules));
  return held[engine].flatMap(({ field, within = [], asked, able, why, answerOf, unasked }) =>
    [...services].flatMap(([service, rules]): Problem[] => {
      const concerned =
        unasked === "differs" ? rules : rules.filter(({ policy }) => answerOf(policy) !== undefined);
      const [first, ...others] = concerned;
      const later = first && others.find(({ policy }) => answerOf(policy) !== answerOf(first.policy));
      if (first === undefined || later === undefined) return [];
      const placeOf = ({ policy, policyKeys, pathKeys }: DraftRule) =>
        answerOf(policy) === undefined ? pathKeys : [...(policyKeys[field] ?? []), ...within];
      const alone = [first, later].some(({ policy }) => answerOf(policy) === undefined);
      return [
        refused(draft, "routes/service-wide", {
          keys: [placeOf(later), placeOf(first)],
          found: `${service} ${alone ? `with ${asked} and without` : `with ${asked} said in two ways`}`,
          why,
          edit: alone
            ? "ask for it on both paths, or lead one of them to a service of its own"
            : "ask for the same on both paths, or lead one of them to a service of its own",
          able,
        }),
      ];
    }),
  );
}

interface Held {
  readonly field: keyof PolicyInput;
  /** within the field, the one that is concerned. */
  readonly within?: readonly string[];
  /** asked, as a sentence names it. */
  readonly asked: string;
  readonly able: readonly EngineName[];
  readonly why: string;
  /** answerOf a policy as text; undefined = it asks for nothing. */
  readonly answerOf: (policy: PolicyInput) => string | undefined;
  /** unasked: a path that asks for nothing would get what the other one asks for, or gets nothing. */
  readonly unasked: "differs" | "stays";
}

const held: Readonly<Record<"gateway-api/istio" | "ingress-nginx", readonly Held[]>> = {
  "gateway-api/istio": [
    {
      ...ofDestinationRule(
        "timeouts",
        "timeouts.connect",
        "connect-timeout",
        ({ timeouts }) => timeouts?.connect,
      ),
      within: ["connect"],
    },
    ofDestinationRule(
      "circuitBreaker",
      "circuitBreaker",
      "circuit-breaker",
      ({ circuitBreaker }) => circuitBreaker && [circuitBreaker.failures, circuitBreaker.pause ?? 30_000],
    ),
    ofDestinationRule("sticky", "sticky", "sticky", stickyOf, ["ingress-nginx"]),
    ofDestinationRule("balance", "balance", "balance", ({ balance }) => balance),
  ],
  "ingress-nginx": [
    {
      field: "sticky",
      asked: "sticky",
      able: ableAt(["sticky"], ["ingress-nginx", "gateway-api/istio"]),
      why: "ingress-nginx has one cookie for a service, whatever path it is reached by",
      answerOf: (policy) => textOf(stickyOf(policy)),
      unasked: "stays",
    },
  ],
};

/** ofDestinationRule: an HTTPRoute names no subset, so Istio's rule for a service is every path's. */
function ofDestinationRule(
  field: keyof PolicyInput,
  asked: string,
  capability: Capability,
  answerOf: (policy: PolicyInput) => unknown,
  but: readonly EngineName[] = [],
): Held {
  return {
    field,
    asked,
    able: ableAt([capability], ["gateway-api/istio", ...but]),
    why: "behind HTTPRoutes Istio has one setting for a service, whichever path leads there",
    answerOf: (policy) => textOf(answerOf(policy)),
    unasked: "differs",
  };
}

function stickyOf({ sticky }: PolicyInput): unknown {
  if (sticky === undefined) return undefined;
  const { cookie, lasts } = sticky === true ? {} : sticky;
  return [cookie ?? "sticky", lasts];
}

function textOf(answer: unknown): string | undefined {
  return answer === undefined ? undefined : JSON.stringify(answer);
}

/** byService, the rules that lead there. */
function byService(rules: readonly DraftRule[]): Map<string, DraftRule[]> {
  const services = new Map<string, DraftRule[]>();
  for (const rule of rules) {
    for (const { service } of rule.action.kind === "forward" ? rule.action.targets : []) {
      const known = services.get(service);
      if (known === undefined) services.set(service, [rule]);
      else known.push(rule);
    }
  }
  return services;
}
