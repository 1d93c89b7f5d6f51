import type { Capability } from "../../capabilities";
import type { Draft } from "../../draft";
import type { DraftRule } from "../../draft/routes";
import type { EngineName } from "../../model/ingress";
import type { Redirect } from "../../model/routes";
import type { Problem } from "../../problem";
import type { PolicyInput } from "../../schema/policy";
import { ableAt, eachOnce, refused } from "./refusal";

/** together: what an engine can do each for itself, and not both for one path. */
export function together(draft: Draft, engine: EngineName): Problem[] {
  const pairs = all.filter(({ on }) => on.includes(engine));
  const rules = draft.routes.flatMap((route) => route.rules);
  return eachOnce(
    pairs.flatMap(({ asked, found, why, edit, placesOf }) =>
      rules.flatMap((rule) => {
        const keys = placesOf(rule);
        if (keys === undefined) return [];
        return [
          refused(draft, "routes/engine-not-together", {
            keys,
            found,
            why,
            edit,
            able: ableAt(asked, unableTo(asked)),
          }),
        ];
      }),
    ),
  );
}

function unableTo(asked: Pair["asked"]): readonly EngineName[] {
  return all.filter((pair) => pair.asked.join() === asked.join()).flatMap(({ on }) => on);
}

interface Pair {
  /** on these engines. */
  readonly on: readonly EngineName[];
  readonly asked: readonly Capability[];
  readonly found: string;
  readonly why: string;
  readonly edit: string;
  /** placesOf both in a rule; undefined = it does not ask for both. */
  readonly placesOf: (rule: DraftRule) => Places | undefined;
}

type Places = readonly [readonly string[], readonly string[]];

const envoys: readonly EngineName[] = ["gateway-api/istio", "istio"];
const gateways: readonly EngineName[] = ["gateway-api/traefik", "gateway-api/istio"];

const all: readonly Pair[] = [
  {
    on: envoys,
    asked: ["allow-list", "path-regex"],
    found: "an allow list for an expression",
    why: "Istio's AuthorizationPolicy knows whole paths and their beginnings only: everybody would come in",
    edit: "write the path as a prefix or exact path",
    placesOf: ({ path, pathKeys, policyKeys: { allow } }) =>
      allow && path.kind === "regex" ? [[...pathKeys, "match"], allow] : undefined,
  },
  {
    on: envoys,
    asked: ["sticky", "canary-weight"],
    found: "a visitor who stays, and weights",
    why: "Envoy draws the service anew for each request, and the visitor's pod changes with it",
    edit: "lead to one service",
    placesOf: ({ action, keys, policyKeys: { sticky } }) =>
      sticky && action.kind === "forward" && action.targets.length > 1
        ? [sticky, [...keys, "to"]]
        : undefined,
  },
  {
    on: envoys,
    asked: ["sticky", "balance"],
    found: "a visitor who stays, and a way to choose the pod",
    why: "Envoy has one way to choose a pod: the cookie would take the place of the other",
    edit: "take balance out",
    placesOf: both("balance", "sticky"),
  },
  {
    on: ["ingress-nginx"],
    asked: ["mirror", "rewrite"],
    found: "copies, and a rewritten path",
    why: "ingress-nginx sends the copy to the path that was asked for, not to the rewritten one",
    edit: "take one of them out",
    placesOf: both("mirror", "rewrite"),
  },
  {
    on: ["ingress-nginx"],
    asked: ["mirror", "host-rewrite"],
    found: "copies, and a rewritten host",
    why: "ingress-nginx sends the copy with the host that was asked for, not with the rewritten one",
    edit: "take one of them out",
    placesOf: both("mirror", "hostRewrite"),
  },
  {
    on: ["traefik"],
    asked: ["redirect", "rewrite"],
    found: "a redirect, and a rewritten path",
    why: "Traefik rewrites first, and the redirect no longer finds the path that was asked for",
    edit: "give the redirect a route of its own, without rewrite",
    placesOf: redirected("rewrite", ({ path }) => path?.kind !== "full"),
  },
  {
    on: ["traefik"],
    asked: ["redirect", "host-rewrite"],
    found: "a redirect, and a rewritten host",
    why: "Traefik rewrites first, and the redirect leads to the host that only services should see",
    edit: "give the redirect a route of its own, without hostRewrite",
    placesOf: redirected(
      "hostRewrite",
      ({ scheme, host, port }) => host === undefined && (scheme !== undefined || port !== undefined),
    ),
  },
  {
    on: gateways,
    asked: ["redirect", "rewrite"],
    found: "a redirect, and a rewritten path",
    why: "Gateway API refuses an HTTPRoute that has both in one rule",
    edit: "give the redirect a route of its own, without rewrite",
    placesOf: redirected("rewrite"),
  },
  {
    on: gateways,
    asked: ["redirect", "host-rewrite"],
    found: "a redirect, and a rewritten host",
    why: "Gateway API refuses an HTTPRoute that has both in one rule",
    edit: "give the redirect a route of its own, without hostRewrite",
    placesOf: redirected("hostRewrite"),
  },
];

function both(one: keyof PolicyInput, other: keyof PolicyInput): Pair["placesOf"] {
  return ({ policyKeys: { [one]: first, [other]: second } }) => first && second && [first, second];
}

function redirected(
  field: keyof PolicyInput,
  concerns: (redirect: Redirect) => boolean = () => true,
): Pair["placesOf"] {
  return ({ action, keys, policyKeys: { [field]: rewritten } }) =>
    rewritten && action.kind === "redirect" && concerns(action)
      ? [[...keys, "redirect"], rewritten]
      : undefined;
}
