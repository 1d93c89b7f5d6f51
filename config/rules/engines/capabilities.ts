import { capabilities, enginesThatCan, gapOf } from "../../capabilities";
import type { Capability } from "../../capabilities";
import type { Draft, DraftRoute } from "../../draft";
import type { DraftRule } from "../../draft/routes";
import type { DraftService } from "../../draft/services";
import type { EngineName } from "../../model/ingress";
import type { Redirect } from "../../model/routes";
import type { Problem } from "../../problem";
import type { PolicyInput } from "../../schema/policy";
import { refused } from "./refusal";

/** unable: what the file asks for and the engine has no way to do, by the capability data. */
export function unable(draft: Draft, engine: EngineName): Problem[] {
  const demands = [...ofIngress(draft), ...draft.routes.flatMap((route) => ofRoute(draft, route))];
  return unique(demands).flatMap(({ capability, keys }) => {
    const gap = gapOf(engine, capability);
    if (gap === undefined) return [];
    return [
      refused(draft, "routes/engine-cannot", {
        keys: [keys],
        found: `${capabilities[capability].title}, from ${engine}`,
        why: gap.gap,
        edit: "take it out",
        able: enginesThatCan(capability),
      }),
    ];
  });
}

/** Demand is one place in the file that asks for a capability. */
interface Demand {
  readonly capability: Capability;
  readonly keys: readonly string[];
}

function ofIngress({ input }: Draft): Demand[] {
  return input.ingress?.proxyProtocol === undefined
    ? []
    : [{ capability: "proxy-protocol", keys: ["ingress", "proxyProtocol"] }];
}

function ofRoute(draft: Draft, { input, keys, rules }: DraftRoute): Demand[] {
  if ("passthrough" in input) return [{ capability: "tls-passthrough", keys: [...keys, "passthrough"] }];
  const tls = typeof input.tls === "object" ? input.tls : undefined;
  return [
    ...asked(input.tls, "tls", [...keys, "tls"]),
    ...asked(tls?.minVersion, "tls-min-version", [...keys, "tls", "minVersion"]),
    ...asked(tls?.clientAuthority, "client-certificate", [...keys, "tls", "clientAuthority"]),
    ...rules.flatMap((rule) => [...ofMatch(rule), ...ofAction(draft, rule, rules), ...ofPolicy(draft, rule)]),
  ];
}

function asked(value: unknown, capability: Capability, keys: readonly string[]): Demand[] {
  return value === undefined ? [] : [{ capability, keys }];
}

function ofMatch({ path, condition, keys, pathKeys }: DraftRule): Demand[] {
  const byPath: Demand = { capability: `path-${path.kind}`, keys: [...pathKeys, "match"] };
  if (condition === undefined) return [byPath];
  const { headers, query, methods } = condition;
  const canary = headers.length === 1 && headers[0]?.kind === "exact" && query.length + methods.length === 0;
  return [byPath, { capability: canary ? "canary-header" : "condition", keys }];
}

function ofAction(draft: Draft, { path, action, keys }: DraftRule, rules: readonly DraftRule[]): Demand[] {
  if (action.kind === "redirect") return ofRedirect(path, action, [...keys, "redirect"]);
  const home = namespaceOf(draft, rules);
  return [
    ...(action.targets.length > 1 ? [{ capability: "canary-weight", keys: [...keys, "to"] } as const] : []),
    ...action.targets.flatMap(({ service, keys: target }): Demand[] => {
      const found = draft.services.find(({ name }) => name === service);
      if (found === undefined) return [];
      return [
        ...ofService(found, target),
        ...(found.namespace === home ? [] : [{ capability: "cross-namespace", keys: target } as const]),
      ];
    }),
  ];
}

function ofRedirect(matched: DraftRule["path"], { path }: Redirect, keys: readonly string[]): Demand[] {
  return path?.kind === "prefix" && matched.kind === "prefix"
    ? [{ capability: "redirect-prefix", keys: [...keys, "path"] }]
    : [{ capability: "redirect", keys }];
}

/** ofService that requests or copies of them go to. */
function ofService({ kind, ports: [port] }: DraftService, keys: readonly string[]): Demand[] {
  if (kind === "external") return [{ capability: "external-name", keys }];
  if (port === undefined || port.protocol === "http") return [];
  return [{ capability: port.protocol === "h2c" ? "backend-h2c" : "backend-protocol", keys }];
}

/** namespaceOf a route: that of the first service it leads to. */
export function namespaceOf({ services }: Draft, rules: readonly DraftRule[]): string | undefined {
  const [first] = rules.flatMap(({ action }) => (action.kind === "forward" ? action.targets : []));
  return services.find(({ name }) => name === first?.service)?.namespace;
}

const byField: Readonly<Partial<Record<keyof PolicyInput, Capability>>> = {
  rewrite: "rewrite",
  hostRewrite: "host-rewrite",
  headers: "headers",
  mirror: "mirror",
  retries: "retries",
  circuitBreaker: "circuit-breaker",
  maxConcurrent: "max-concurrent",
  rateLimit: "rate-limit",
  cors: "cors",
  basicAuth: "basic-auth",
  externalAuth: "external-auth",
  allow: "allow-list",
  sticky: "sticky",
  balance: "balance",
  websocket: "websocket",
  maxBody: "body-size",
  hsts: "hsts",
  errorPages: "error-pages",
};

function ofPolicy({ services }: Draft, { policy, policyKeys }: DraftRule): Demand[] {
  const { timeouts, mirror } = policy;
  const at = (field: keyof PolicyInput): readonly string[] => policyKeys[field] ?? [];
  const fields = Object.keys(policyKeys).filter((field): field is keyof PolicyInput => field in byField);
  return [
    ...fields.flatMap((field) => {
      const capability = byField[field];
      return capability === undefined ? [] : [{ capability, keys: at(field) }];
    }),
    ...asked(timeouts?.request, "request-timeout", [...at("timeouts"), "request"]),
    ...asked(timeouts?.connect, "connect-timeout", [...at("timeouts"), "connect"]),
    ...(mirror?.percent === undefined || mirror.percent === 100
      ? []
      : [{ capability: "mirror-percent", keys: [...at("mirror"), "percent"] } as const]),
    ...(["mirror", "errorPages"] as const).flatMap((field) => {
      const to = policy[field]?.to;
      const found = to === undefined ? undefined : services.find(({ name }) => name === to);
      return found === undefined ? [] : ofService(found, [...at(field), "to"]);
    }),
  ];
}

function unique(demands: readonly Demand[]): Demand[] {
  return [
    ...new Map(demands.map((demand) => [JSON.stringify([demand.capability, demand.keys]), demand])).values(),
  ];
}
