import type { Backend, Route, RouteRule } from "../../../config/model/routes";
import type { KubernetesObject } from "../../object";
import { connectionTo, type LoadBalancer, loadBalancerOf, stickyCookie } from "./load-balancer";
import { nameOf, traefikObject } from "./names";
import { transportsOf } from "./transports";

/** Target of a rule: what its route names, and the objects behind that name. */
export interface Target {
  readonly service: LoadBalancer;
  readonly objects: readonly KubernetesObject[];
}

/** nothing is reached: a Middleware answers before. */
export const nothing: LoadBalancer = { kind: "TraefikService", name: "noop@internal" };

/** targetOf a rule: one Service as it is, several and copies through TraefikServices. */
export function targetOf(route: Route, rule: RouteRule): Target {
  if (rule.action.kind === "redirect") return { service: nothing, objects: [] };
  const { backends } = rule.action;
  const { mirror, errorPages } = rule.policy;
  const split = splitOf(route, rule, backends);
  const { service, objects } = mirror ? mirrored(route, rule, split, mirror) : split;
  const reached = [
    ...backends,
    ...(mirror ? [mirror.backend] : []),
    ...(errorPages ? [errorPages.backend] : []),
  ];
  return { service, objects: [...objects, ...transportsOf(route, rule, reached)] };
}

/** splitOf backends by weight. The cookie that remembers the choice has a name of its own beside the pods' cookie. */
function splitOf(route: Route, rule: RouteRule, backends: readonly Backend[]): Target {
  const [only, ...more] = backends;
  if (only !== undefined && more.length === 0) {
    return { service: loadBalancerOf(route, rule, only), objects: [] };
  }
  const name = nameOf(route, rule, "split");
  const { sticky } = rule.policy;
  const weighted = {
    services: backends.map((backend) => ({
      ...loadBalancerOf(route, rule, backend),
      weight: backend.weight,
    })),
    ...(sticky && { sticky: stickyCookie(route, sticky, `${sticky.cookie}-service`) }),
  };
  return {
    service: { kind: "TraefikService", name },
    objects: [traefikObject("TraefikService", route, name, { weighted })],
  };
}

function mirrored(
  route: Route,
  rule: RouteRule,
  { service, objects }: Target,
  { backend, percent }: NonNullable<RouteRule["policy"]["mirror"]>,
): Target {
  const name = nameOf(route, rule, "mirror");
  const mirroring = { ...service, mirrors: [{ ...connectionTo(route, rule, backend), percent }] };
  return {
    service: { kind: "TraefikService", name },
    objects: [...objects, traefikObject("TraefikService", route, name, { mirroring })],
  };
}
