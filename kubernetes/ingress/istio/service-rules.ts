import type { Cluster } from "../../../config/model";
import type { Backend, Route } from "../../../config/model/routes";
import type { Json, KubernetesObject } from "../../object";
import { oncePerCluster } from "../once-per-cluster";
import { hostOf } from "./names";
import { tlsOf, trafficPolicyOf, unlessEmpty } from "./traffic-policy";

/**
 * serviceRulesOf a route: one DestinationRule for each Service of which it is the first to ask something. An HTTPRoute
 * names no subset, so the policy is the port's own and every rule that leads there has it.
 */
export function serviceRulesOf(cluster: Cluster, route: Route): readonly KubernetesObject[] {
  return rulesByRoute(cluster).get(route.name) ?? [];
}

const rulesByRoute = oncePerCluster(({ routes }) => {
  const asked = new Map<string, [Asked, ...Asked[]]>();
  for (const asking of routes.flatMap(asksOf)) {
    const host = hostOf(asking.backend);
    const earlier = asked.get(host);
    if (earlier === undefined) asked.set(host, [asking]);
    else earlier.push(asking);
  }
  const byRoute = new Map<string, KubernetesObject[]>();
  for (const [host, all] of asked) {
    const { name } = all[0].route;
    byRoute.set(name, [...(byRoute.get(name) ?? []), serviceRuleOf(host, all)]);
  }
  return byRoute;
});

interface Asked {
  readonly route: Route;
  readonly backend: Backend;
  readonly trafficPolicy: { readonly [field: string]: Json | undefined };
}

function asksOf(route: Route): readonly Asked[] {
  return route.rules.flatMap(({ action, policy }) => {
    const asked = trafficPolicyOf(policy);
    const backends = action.kind === "forward" ? action.backends : [];
    return [
      ...backends.flatMap((backend) => askOf(route, backend, asked)),
      ...(policy.mirror ? askOf(route, policy.mirror.backend, undefined) : []),
    ];
  });
}

function askOf(route: Route, backend: Backend, asked: Asked["trafficPolicy"] | undefined): readonly Asked[] {
  const trafficPolicy = unlessEmpty({ ...asked, tls: tlsOf(backend) });
  return trafficPolicy === undefined ? [] : [{ route, backend, trafficPolicy }];
}

function serviceRuleOf(host: string, asked: readonly [Asked, ...Asked[]]): KubernetesObject {
  const { service, namespace } = asked[0].backend;
  const ports = new Map(asked.toReversed().map((asking) => [asking.backend.port, asking]));
  return {
    apiVersion: "networking.istio.io/v1",
    kind: "DestinationRule",
    metadata: { name: service, namespace },
    spec: {
      host,
      trafficPolicy: {
        portLevelSettings: [...ports]
          .toSorted(([a], [b]) => a - b)
          .map(([number, { trafficPolicy }]) => ({ port: { number }, ...trafficPolicy })),
      },
    },
  };
}
