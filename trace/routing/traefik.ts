import { z } from "zod";
import type { Objects, Read } from "../objects";
import { type Hop, lost } from "../trace";
import { schemeOf, traefikBelieves } from "./belief";
import { redirected } from "./redirect";
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
    redirectScheme: z
      .looseObject({
        scheme: z.string(),
        port: z.coerce.number().optional(),
        permanent: z.boolean().default(false),
      })
      .optional(),
    redirectRegex: z
      .looseObject({ regex: z.string(), replacement: z.string(), permanent: z.boolean().default(false) })
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
    const asked = new URL(arrival.request.url);
    asked.protocol = `${schemeOf(arrival, redirectScheme !== undefined && traefikBelieves(objects, arrival))}:`;
    const to =
      (redirectScheme && redirected(asked, redirectScheme)) ??
      (redirectRegex && replaced(asked, redirectRegex.regex, redirectRegex.replacement));
    if (redirect !== undefined && to !== undefined && to !== asked.href)
      return { hops, action: { kind: "redirect", status: statusOf(redirect, arrival), to } };
  }
  const [first, ...others] = chosen.services;
  if (first === undefined) return lost(`IngressRoute ${route.ref.name} has a rule without a service`);
  const leads =
    others.length === 0
      ? destinations(objects, route.namespace, first, hops)
      : chosen.services.flatMap((each) => destinations(objects, route.namespace, each, hops));
  return { hops, action: { kind: "forward", to: leads } };
}

/** statusOf a redirect: Traefik has 302 and 301 for GET, 307 and 308 for what must stay another method. */
function statusOf({ permanent }: { readonly permanent: boolean }, { request }: Arrival): number {
  if (request.method === "GET") return permanent ? 301 : 302;
  return permanent ? 308 : 307;
}

/** replaced URL in Go's syntax of expressions; undefined = it does not match. */
function replaced(asked: URL, regex: string, replacement: string): string | undefined {
  const found = new RegExp(regex.replaceAll("(?P<", "(?<")).exec(asked.href);
  if (found === null) return undefined;
  return replacement.replace(/\$(?:\$|\{(\w+)\}|(\w+))/g, (_all, braced?: string, bare?: string) => {
    const name = braced ?? bare;
    if (name === undefined) return "$";
    return (/^\d+$/.test(name) ? found[Number(name)] : found.groups?.[name]) ?? "";
  });
}

/** destinations of a reference: a Service, or those that a TraefikService spreads over. */
function destinations(
  objects: Objects,
  home: string,
  { kind, name, namespace = home, port, weight }: z.infer<typeof reference>,
  hops: Hop[],
): Destination[] {
  if (name.endsWith("@internal")) return lost(`Traefik answers it by itself: nothing is behind ${name}`);
  if (kind === "Service") return [{ namespace, service: name, port: port ?? 80, weight }];
  const spread =
    objects.one("traefik.io/TraefikService", traefikService, namespace, name) ??
    lost(`there is no TraefikService ${namespace}/${name}`);
  const { weighted, mirroring } = spread.value.spec;
  hops.push({ at: "policy", object: spread.ref, says: weighted === undefined ? "mirroring" : "weights" });
  if (mirroring !== undefined) return destinations(objects, namespace, { ...mirroring, weight }, hops);
  return (weighted?.services ?? []).flatMap((each) => destinations(objects, namespace, each, hops));
}
