import { z } from "zod";
import type { Objects, Read } from "../objects";
import { type Hop, lost } from "../trace";
import type { Arrival, Choice, Destination, Router } from "./router";
import { matches } from "./traefik-match";

const reference = z.looseObject({
  name: z.string(),
  namespace: z.string().optional(),
  kind: z.string().default("Service"),
  port: z.union([z.number(), z.string()]).optional(),
  weight: z.number().default(1),
});

const rule = z.looseObject({
  match: z.string(),
  priority: z.number().optional(),
  services: z.array(reference).default([]),
  middlewares: z.array(z.looseObject({ name: z.string(), namespace: z.string().optional() })).default([]),
});

const ingressRoute = z.looseObject({
  spec: z.looseObject({
    entryPoints: z.array(z.string()).optional(),
    routes: z.array(rule),
    tls: z.looseObject({ secretName: z.string().optional(), passthrough: z.boolean().optional() }).optional(),
  }),
});

const traefikService = z.looseObject({
  spec: z.looseObject({
    weighted: z.looseObject({ services: z.array(reference) }).optional(),
    mirroring: reference.optional(),
  }),
});

const middleware = z.looseObject({
  spec: z.looseObject({
    redirectScheme: z.looseObject({ scheme: z.string(), permanent: z.boolean().default(false) }).optional(),
    redirectRegex: z
      .looseObject({ permanent: z.boolean().default(false), replacement: z.string() })
      .optional(),
  }),
});

/** traefik's own kinds; the rule with the highest priority wins, and without one the longest. */
export const traefik: Router = (objects, arrival) => {
  const [best] = ["IngressRoute", "IngressRouteTCP"]
    .flatMap((kind) => objects.all(`traefik.io/${kind}`, ingressRoute))
    .filter((route) => listens(route, arrival))
    .flatMap((route) => route.value.spec.routes.map((each) => ({ route, rule: each })))
    .filter((candidate) => matches(candidate.rule.match, arrival.request))
    .sort((a, b) => priorityOf(b.rule) - priorityOf(a.rule));
  return best === undefined ? undefined : choiceOf(objects, best.route, best.rule, arrival);
};

type Rule = z.infer<typeof rule>;
type Route = Read<z.infer<typeof ingressRoute>>;

function listens({ value: { spec } }: Route, { port, tls }: Arrival): boolean {
  const entryPoint = typeof port.targetPort === "string" ? port.targetPort : port.name;
  const onPort = spec.entryPoints === undefined || spec.entryPoints.includes(entryPoint ?? "");
  return onPort && (spec.tls !== undefined) === tls;
}

function priorityOf({ priority, match }: Rule): number {
  return priority === undefined || priority === 0 ? match.length : priority;
}

function choiceOf(objects: Objects, route: Route, chosen: Rule, arrival: Arrival): Choice {
  const hops: Hop[] = [{ at: "route", object: route.ref, says: chosen.match }];
  for (const { name, namespace = route.namespace } of chosen.middlewares) {
    const found =
      objects.one("traefik.io/Middleware", middleware, namespace, name) ??
      lost(
        `there is no Middleware ${namespace}/${name}, so Traefik drops the rule of ${route.ref.name} that names it`,
      );
    const { redirectScheme, redirectRegex, ...others } = found.value.spec;
    hops.push({ at: "policy", object: found.ref, says: Object.keys(others).join(", ") || "redirect" });
    const redirect = redirectScheme ?? redirectRegex;
    if (redirect !== undefined) {
      const to =
        redirectScheme === undefined
          ? "replacement" in redirect
            ? String(redirect.replacement)
            : ""
          : schemed(arrival, redirectScheme.scheme);
      return { hops, action: { kind: "redirect", status: redirect.permanent ? 308 : 307, to } };
    }
  }
  const [first, ...others] = chosen.services;
  if (first === undefined) return lost(`IngressRoute ${route.ref.name} has a rule without a service`);
  const leads =
    others.length === 0
      ? destinations(objects, route.namespace, first, hops)
      : chosen.services.flatMap((each) => destinations(objects, route.namespace, each, hops));
  return { hops, action: { kind: "forward", to: leads } };
}

function schemed({ request }: Arrival, scheme: string): string {
  const { host, pathname, search } = request.url;
  return `${scheme}://${host}${pathname}${search}`;
}

/** destinations of a reference: a Service, or those that a TraefikService spreads over. */
function destinations(
  objects: Objects,
  home: string,
  { kind, name, namespace = home, port, weight }: z.infer<typeof reference>,
  hops: Hop[],
): Destination[] {
  if (kind === "Service") return [{ namespace, service: name, port: port ?? 80, weight }];
  const spread =
    objects.one("traefik.io/TraefikService", traefikService, namespace, name) ??
    lost(`there is no TraefikService ${namespace}/${name}`);
  const { weighted, mirroring } = spread.value.spec;
  hops.push({ at: "policy", object: spread.ref, says: weighted === undefined ? "mirroring" : "weights" });
  if (mirroring !== undefined) return destinations(objects, namespace, { ...mirroring, weight }, hops);
  return (weighted?.services ?? []).flatMap((each) => destinations(objects, namespace, each, hops));
}
