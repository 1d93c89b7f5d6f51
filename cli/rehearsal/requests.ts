import type { Cluster } from "../../config/model";
import type { Route, RouteRule } from "../../config/model/routes";
import type { ExpectedAnswer, ExpectedRequest } from "../../lab/rehearse/subject";

/** requestsOf a cluster: one for each rule of its routes that a stranger may ask for, and who has to answer it. */
export function requestsOf({ routes }: Cluster): ExpectedRequest[] {
  return routes.flatMap((route) =>
    isPublic(route) ? route.rules.flatMap((rule) => (isAskable(rule) ? [requestOf(route, rule)] : [])) : [],
  );
}

function isPublic({ tls }: Route): boolean {
  return tls?.clientAuthority === undefined;
}

/** isAskable: no secret is needed to be let in, and an example of what it takes can be written down. */
function isAskable({ path, condition, policy }: RouteRule): boolean {
  const matches = [...(condition?.headers ?? []), ...(condition?.query ?? [])];
  return (
    path.kind !== "regex" &&
    matches.every(({ kind }) => kind === "exact") &&
    policy.basicAuth === undefined &&
    policy.externalAuth === undefined &&
    policy.allow.length === 0
  );
}

function requestOf(route: Route, { path, condition, action }: RouteRule): ExpectedRequest {
  const host = (route.hosts[0] ?? "").replace(/^\*/, "any");
  const url = new URL(`${route.tls === undefined ? "http" : "https"}://${host}${path.value}`);
  for (const { name, value } of condition?.query ?? []) url.searchParams.set(name, value);
  return {
    url: url.href,
    method: condition?.methods[0] ?? "GET",
    headers: Object.fromEntries(
      (condition?.headers ?? []).map(({ name, value }) => [name.toLowerCase(), value]),
    ),
    answer: answerOf(action),
  };
}

function answerOf(action: RouteRule["action"]): ExpectedAnswer {
  if (action.kind === "redirect") return { kind: "redirect", status: action.status };
  const outside = action.backends.find(({ externalHost }) => externalHost !== undefined);
  if (outside?.externalHost !== undefined) return { kind: "outside", host: outside.externalHost };
  const shares = action.backends.map(({ service, weight }) => [service, weight] as const);
  return { kind: "services", shares: Object.fromEntries(shares.filter(([, weight]) => weight > 0)) };
}
