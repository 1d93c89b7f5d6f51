import type { Cluster } from "../../config/model";
import type { Backend, Route } from "../../config/model/routes";
import { ingressNginxCharts } from "../charts/ingress-nginx";
import type { KubernetesObject } from "../object";
import type { IngressController, ObjectName } from "./engine";
import { annotationsOf } from "./ingress-nginx/annotations";
import { canaryOf } from "./ingress-nginx/canary";
import { ingressOf } from "./ingress-nginx/ingress";
import { locationsOf } from "./ingress-nginx/location";

const controller: ObjectName = { namespace: "ingress-nginx", name: "ingress-nginx-controller" };

/** ingressNginx turns routes into Ingresses with annotations. Upstream ended it in March 2026: for RKE2 up to 1.36 only. */
export const ingressNginx: IngressController = {
  charts: ingressNginxCharts,
  crds: [],
  deployment: controller,
  service: controller,
  shared: () => [],
  route: (cluster, route) =>
    route.passthrough ? [passedThrough(route, route.passthrough)] : forwarded(cluster, route),
  certificateNamespace: (route) => route.namespace,
};

function passedThrough(route: Route, backend: Backend): KubernetesObject {
  const everything = { path: "/", pathType: "Prefix" } as const;
  return ingressOf(route, route.name, everything, backend, { "ssl-passthrough": "true" });
}

/** forwarded: a rule with a condition is the canary of the rule for the rest of its path. */
function forwarded(cluster: Cluster, route: Route): readonly KubernetesObject[] {
  const locationOf = locationsOf(cluster, route);
  return route.rules.flatMap((rule) => {
    const backend = rule.action.kind === "forward" ? rule.action.backends[0] : undefined;
    if (backend === undefined || rule.condition !== undefined) return [];
    const name = `${route.name}--${rule.name}`;
    const location = locationOf(rule);
    const canary = canaryOf(route, rule);
    return [
      ingressOf(route, name, location, backend, annotationsOf(route, rule, backend)),
      ...(canary ? [ingressOf(route, `${name}--canary`, location, canary.backend, canary.annotations)] : []),
    ];
  });
}
