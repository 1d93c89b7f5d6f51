import type { Cors, HeaderEdit, Policy, RouteRule } from "../../../config/model/routes";
import type { Json } from "../../object";
import type { MiddlewareSpec } from "./names";

/** headersSpec of what a rule sets, removes and allows other sites. */
export function headersSpec({ headers, cors, hsts }: Policy): readonly MiddlewareSpec[] {
  const spec = {
    ...editOf("customRequestHeaders", headers.request),
    ...editOf("customResponseHeaders", headers.response),
    ...(hsts && {
      stsSeconds: hsts.seconds,
      stsIncludeSubdomains: hsts.subdomains,
      stsPreload: hsts.preload,
      // Without it Traefik keeps the header back where TLS ends at the edge.
      forceSTSHeader: true,
    }),
    ...(cors && corsOf(cors)),
  };
  return Object.keys(spec).length === 0 ? [] : [["headers", { headers: spec }]];
}

/** corsSpec alone. */
export function corsSpec({ cors }: Policy): readonly MiddlewareSpec[] {
  return cors === undefined ? [] : [["cors", { headers: corsOf(cors) }]];
}

/** hostSpec, the Host header that backends see: what the rule says, else the name outside that all of them have. */
export function hostSpec(rule: RouteRule): readonly MiddlewareSpec[] {
  const host = hostSeenBehind(rule);
  return host === undefined ? [] : [["host", { headers: { customRequestHeaders: { Host: host } } }]];
}

export function hostSeenBehind({ action, policy }: RouteRule): string | undefined {
  if (policy.hostRewrite !== undefined || action.kind === "redirect") return policy.hostRewrite;
  const [host, ...others] = new Set(action.backends.map(({ externalHost }) => externalHost));
  return others.length === 0 ? host : undefined;
}

/** editOf headers; Traefik takes an empty value as one to remove. */
function editOf(field: string, { set, remove }: HeaderEdit): { readonly [field: string]: Json } {
  const removed = Object.fromEntries(remove.map((name) => [name, ""]));
  const edit = { ...removed, ...set };
  return Object.keys(edit).length === 0 ? {} : { [field]: edit };
}

function corsOf(cors: Cors): { readonly [field: string]: Json } {
  return {
    accessControlAllowOriginList: cors.origins,
    accessControlAllowMethods: cors.methods,
    ...(cors.headers.length > 0 && { accessControlAllowHeaders: cors.headers }),
    ...(cors.exposeHeaders.length > 0 && { accessControlExposeHeaders: cors.exposeHeaders }),
    accessControlAllowCredentials: cors.credentials,
    accessControlMaxAge: cors.maxAgeSeconds,
    addVaryHeader: true,
  };
}
