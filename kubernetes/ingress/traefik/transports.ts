import type { Backend, Policy, Route, RouteRule } from "../../../config/model/routes";
import type { Json, KubernetesObject } from "../../object";
import { durationOf } from "../duration";
import { nameOf, traefikObject } from "./names";

/** transportsOf a rule's backends: how Traefik connects, where its own way will not do. */
export function transportsOf(
  route: Route,
  rule: RouteRule,
  backends: readonly Backend[],
): readonly KubernetesObject[] {
  const once = new Map(backends.map((backend) => [backend.service, backend]));
  return [...once.values()].flatMap((backend) => {
    const spec = transportSpec(rule.policy, backend);
    return spec === undefined
      ? []
      : [traefikObject("ServersTransport", route, transportName(route, rule, backend), spec)];
  });
}

export function transportName(route: Route, rule: RouteRule, { service }: Backend): string {
  return nameOf(route, rule, `to-${service}`);
}

/**
 * transportSpec; undefined = Traefik's own way. A name outside has to stand in its certificate. Inside there is no name
 * to hold a pod's certificate against: the connection is only encrypted.
 */
export function transportSpec({ timeouts }: Policy, backend: Backend): Json | undefined {
  const forwardingTimeouts = {
    ...(timeouts.connect !== undefined && { dialTimeout: durationOf(timeouts.connect) }),
    ...(timeouts.request !== undefined && { responseHeaderTimeout: durationOf(timeouts.request) }),
  };
  const spec = {
    ...(backend.protocol === "https" && certificateOf(backend)),
    ...(Object.keys(forwardingTimeouts).length > 0 && { forwardingTimeouts }),
  };
  return Object.keys(spec).length === 0 ? undefined : spec;
}

function certificateOf({ externalHost }: Backend): { readonly [field: string]: Json } {
  return externalHost === undefined ? { insecureSkipVerify: true } : { serverName: externalHost };
}
