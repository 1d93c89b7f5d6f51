import type { Cluster } from "../../../config/model";
import type { Route, RouteRule } from "../../../config/model/routes";
import type { Json, KubernetesObject } from "../../object";
import { cameFrom, hostsMatch, matchOf } from "./match";
import { middlewaresOf } from "./middlewares";
import { entryPoints, traefik, traefikObject } from "./names";
import { priorityOf, redirectPriority } from "./priority";
import type { Visitors } from "./protection";
import { nothing, targetOf } from "./services";
import { tlsOf } from "./tls";

/** routesOf a route: one IngressRoute for each entry point it has, and what its rules name. */
export function routesOf(cluster: Cluster, route: Route): readonly KubernetesObject[] {
  const rules = route.rules.map((rule) => renderedRule(cluster, route, rule));
  const entries = rules.flatMap((rule) => rule.entries);
  return [...ingressRoutesOf(cluster, route, entries), ...unique(rules.flatMap((rule) => rule.objects))];
}

interface RenderedRule {
  readonly entries: readonly Json[];
  readonly objects: readonly KubernetesObject[];
}

function ingressRoutesOf(
  cluster: Cluster,
  route: Route,
  entries: readonly Json[],
): readonly KubernetesObject[] {
  const plain = { ingressClassName: traefik, entryPoints: [entryPoints.http] };
  if (route.tls === undefined)
    return [traefikObject("IngressRoute", route, route.name, { ...plain, routes: entries })];
  const { spec, objects } = tlsOf(cluster, route, route.tls);
  const opened = { ingressClassName: traefik, entryPoints: [entryPoints.https], routes: entries, tls: spec };
  const name = `${route.name}-http`;
  return [
    traefikObject("IngressRoute", route, route.name, opened),
    ...objects,
    ...(route.tls.redirect
      ? redirectToHttps(route, name, plain)
      : [traefikObject("IngressRoute", route, name, { ...plain, routes: entries })]),
  ];
}

/** redirectToHttps: GET with 301, other methods with 308, which keeps them what they are. */
function redirectToHttps(route: Route, name: string, plain: object): readonly KubernetesObject[] {
  const redirect = `${route.name}-to-https`;
  const routes = [
    {
      kind: "Rule",
      match: hostsMatch(route.hosts),
      priority: redirectPriority,
      middlewares: [{ name: redirect }],
      services: [nothing],
    },
  ];
  return [
    traefikObject("IngressRoute", route, name, { ...plain, routes }),
    traefikObject("Middleware", route, redirect, { redirectScheme: { scheme: "https", permanent: true } }),
  ];
}

/**
 * renderedRule: exact hosts and wildcards apart, for their priorities differ, and where addresses are compared,
 * visitors through the edge apart from those who come directly.
 */
function renderedRule(cluster: Cluster, route: Route, rule: RouteRule): RenderedRule {
  const { service, objects } = targetOf(route, rule);
  const wildcards = route.hosts.filter((host) => host.startsWith("*."));
  const exact = route.hosts.filter((host) => !wildcards.includes(host));
  const trusts = cluster.ingress?.trusts ?? [];
  const apart = rule.policy.allow.length > 0 && trusts.length > 0;
  const all: readonly Visitors[] = apart ? ["through-edge", "direct"] : ["direct"];
  const rendered = all.map((visitors) => ({
    visitors,
    middlewares: middlewaresOf(route, rule, visitors),
  }));
  return {
    entries: rendered.flatMap(({ visitors, middlewares }) =>
      [
        { hosts: exact, kind: "exact" as const },
        { hosts: wildcards, kind: "wildcard" as const },
      ]
        .filter(({ hosts }) => hosts.length > 0)
        .map(({ hosts, kind }) => ({
          kind: "Rule",
          match:
            visitors === "through-edge"
              ? `${matchOf(hosts, rule)} && ${cameFrom(trusts)}`
              : matchOf(hosts, rule),
          priority: priorityOf(route, rule, kind, visitors),
          ...(middlewares.length > 0 && {
            middlewares: middlewares.map(({ metadata }) => ({ name: metadata.name })),
          }),
          services: [service],
        })),
    ),
    objects: [...rendered.flatMap(({ middlewares }) => middlewares), ...objects],
  };
}

/** unique objects: visitors through the edge and direct ones share all but the allow list. */
function unique(objects: readonly KubernetesObject[]): readonly KubernetesObject[] {
  return [...new Map(objects.map((object) => [`${object.kind} ${object.metadata.name}`, object])).values()];
}
