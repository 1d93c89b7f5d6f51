import type { Cluster } from "../../config/model";
import type { EdgeHost } from "../../config/model/edge";
import type { Route, RouteRule } from "../../config/model/routes";
import type { ExpectedAnswer, ExpectedRequest } from "../../lab/rehearse/subject";

/**
 * requestsOf a cluster: one for each rule of its routes that a stranger may ask for, and who has to answer it; then one
 * for each host that leaves paths to nobody.
 */
export function requestsOf(cluster: Cluster): ExpectedRequest[] {
  const { routes } = cluster;
  const open = routes.filter(({ tls }) => tls?.clientAuthority === undefined).filter(isOpenInFront(cluster));
  return [
    ...open.flatMap((route) => route.rules.filter(isAskable).map((rule) => requestOf(cluster, route, rule))),
    ...open.flatMap((route) => (leadsNowhere(routes, route) ? [requestForNobody(cluster, route)] : [])),
  ];
}

/** isOpenInFront: the proxy lets strangers in, wherever they come from. */
function isOpenInFront(cluster: Cluster): (route: Route) => boolean {
  return (route) => (hostInFront(cluster, route)?.allow ?? []).length === 0;
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

function requestOf(cluster: Cluster, route: Route, rule: RouteRule): ExpectedRequest {
  const { path, condition, action, policy } = rule;
  const url = urlOf(cluster, route, path.value);
  for (const { name, value } of condition?.query ?? []) url.searchParams.set(name, value);
  const { circuitBreaker, rateLimit, maxConcurrent } = policy;
  return {
    url: url.href,
    method: condition?.methods[0] ?? "GET",
    headers: Object.fromEntries(
      (condition?.headers ?? []).map(({ name, value }) => [name.toLowerCase(), value]),
    ),
    ...throughEdge(cluster, route),
    answer: answerOf(action),
    isLimited: rateLimit !== undefined || maxConcurrent !== undefined,
    isRetried: policy.retries !== undefined && hasAnotherPod(cluster, rule),
    ...(circuitBreaker && {
      breaker: { failures: circuitBreaker.failures, pauseSeconds: circuitBreaker.pause / 1000 },
    }),
  };
}

const nobodysPath = "/nobody-serves-this";

function requestForNobody(cluster: Cluster, route: Route): ExpectedRequest {
  return {
    url: urlOf(cluster, route, nobodysPath).href,
    method: "GET",
    headers: {},
    ...throughEdge(cluster, route),
    answer: { kind: "nobody" },
    isLimited: false,
    isRetried: false,
  };
}

/** leadsNowhere: no rule of any route takes that path at the route's first host, whichever engine reads them. */
function leadsNowhere(routes: readonly Route[], { hosts: [host = ""] }: Route): boolean {
  const parent = host.slice(host.indexOf("."));
  const answering = routes.filter(({ hosts }) =>
    hosts.some((each) => each === host || each === `*${parent}`),
  );
  return answering.every(
    ({ passthrough, rules }) =>
      passthrough === undefined &&
      rules.every(({ path }) => path.kind !== "regex" && path.value !== "/" && path.value !== nobodysPath),
  );
}

/** urlOf a path as a visitor writes it: the proxy in front ends TLS by its own certificate, if it has one. */
function urlOf(cluster: Cluster, route: Route, path: string): URL {
  const { hosts, tls } = route;
  const proxy = hostInFront(cluster, route);
  const isSecure = proxy === undefined ? tls !== undefined : proxy.tls !== undefined;
  const host = (hosts[0] ?? "").replace(/^\*/, "any");
  return new URL(`${isSecure ? "https" : "http"}://${host}${path}`);
}

function throughEdge(cluster: Cluster, route: Route): Pick<ExpectedRequest, "through"> {
  const { edge } = cluster;
  return edge === undefined || hostInFront(cluster, route) === undefined ? {} : { through: edge.address };
}

function hostInFront({ edge }: Cluster, { name }: Route): EdgeHost | undefined {
  return edge?.hosts.find(({ routes }) => routes.includes(name));
}

function answerOf(action: RouteRule["action"]): ExpectedAnswer {
  if (action.kind === "redirect") return { kind: "redirect", status: action.status };
  const outside = action.backends.find(({ externalHost }) => externalHost !== undefined);
  if (outside?.externalHost !== undefined) return { kind: "outside", host: outside.externalHost };
  const shares = action.backends.map(({ service, weight }) => [service, weight] as const);
  return { kind: "services", shares: Object.fromEntries(shares.filter(([, weight]) => weight > 0)) };
}

/** hasAnotherPod: every service that answers has at least two. */
function hasAnotherPod({ services }: Cluster, { action }: RouteRule): boolean {
  if (action.kind === "redirect") return false;
  return action.backends.every(({ service }) => {
    const found = services.find(({ name }) => name === service);
    return found?.kind === "workload" && "replicas" in found.workload && found.workload.replicas > 1;
  });
}
