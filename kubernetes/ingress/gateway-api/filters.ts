import type {
  Cors,
  HeaderEdit,
  PathMatch,
  Policy,
  Redirect,
  Rewrite,
  Route,
  RouteRule,
} from "../../../config/model/routes";
import type { Json } from "../../object";
import { backendRef } from "./backends";
import type { Carrier } from "./carrier";

/** filtersOf a rule, the carrier's own among them; a redirect is one too. */
export function filtersOf(
  carrier: Carrier,
  route: Route,
  rule: RouteRule,
  own: readonly Json[],
): readonly Json[] {
  const { path, action, policy } = rule;
  return [
    ...headersFilter("RequestHeaderModifier", "requestHeaderModifier", policy.headers.request),
    ...headersFilter("ResponseHeaderModifier", "responseHeaderModifier", answered(policy)),
    ...(policy.cors && carrier.corsFilter ? [{ type: "CORS", cors: corsOf(policy.cors) }] : []),
    ...own,
    ...mirrorFilter(route, policy),
    ...rewriteFilter(path, policy),
    ...(action.kind === "redirect"
      ? [{ type: "RequestRedirect", requestRedirect: redirectOf(route, path, action) }]
      : []),
  ];
}

function headersFilter(type: string, field: string, { set, remove }: HeaderEdit): readonly Json[] {
  const headers = Object.entries(set).map(([name, value]) => ({ name, value }));
  if (headers.length + remove.length === 0) return [];
  const edit = { ...(headers.length > 0 && { set: headers }), ...(remove.length > 0 && { remove }) };
  return [{ type, [field]: edit }];
}

/** answered headers, Strict-Transport-Security among them. */
function answered({ headers, hsts }: Policy): HeaderEdit {
  if (hsts === undefined) return headers.response;
  const value = [
    `max-age=${hsts.seconds}`,
    ...(hsts.subdomains ? ["includeSubDomains"] : []),
    ...(hsts.preload ? ["preload"] : []),
  ].join("; ");
  const { set, remove } = headers.response;
  return { set: { ...set, "Strict-Transport-Security": value }, remove };
}

function mirrorFilter(route: Route, { mirror }: Policy): readonly Json[] {
  if (mirror === undefined) return [];
  const percent = mirror.percent === 100 ? {} : { percent: mirror.percent };
  return [
    { type: "RequestMirror", requestMirror: { backendRef: backendRef(route, mirror.backend), ...percent } },
  ];
}

function rewriteFilter(path: PathMatch, { rewrite, hostRewrite }: Policy): readonly Json[] {
  if (rewrite === undefined && hostRewrite === undefined) return [];
  const urlRewrite = {
    ...(hostRewrite !== undefined && { hostname: hostRewrite }),
    ...(rewrite && { path: pathModifier(path, rewrite) }),
  };
  return [{ type: "URLRewrite", urlRewrite }];
}

/**
 * redirectOf a rule. Behind the edge the scheme that was asked for is the edge's, which only some implementations look
 * for: it is written out.
 */
function redirectOf(route: Route, matched: PathMatch, redirect: Redirect): Json {
  const asked =
    route.edge !== undefined && route.edge.scheme !== "http" && route.tls === undefined ? "https" : undefined;
  const { status, host, port, path } = redirect;
  const scheme = redirect.scheme ?? asked;
  return {
    ...(scheme !== undefined && { scheme }),
    ...(host !== undefined && { hostname: host }),
    ...(port !== undefined && { port }),
    ...(path && { path: pathModifier(matched, path) }),
    statusCode: status,
  };
}

/** pathModifier. The standard replaces a prefix only where one was matched; an exact path is all of it. */
function pathModifier({ kind }: PathMatch, rewrite: Rewrite): Json {
  return rewrite.kind === "full" || kind !== "prefix"
    ? { type: "ReplaceFullPath", replaceFullPath: rewrite.value }
    : { type: "ReplacePrefixMatch", replacePrefixMatch: rewrite.value };
}

function corsOf({ origins, methods, headers, exposeHeaders, credentials, maxAgeSeconds }: Cors): Json {
  return {
    allowOrigins: origins,
    allowMethods: methods,
    ...(headers.length > 0 && { allowHeaders: headers }),
    ...(exposeHeaders.length > 0 && { exposeHeaders }),
    ...(credentials && { allowCredentials: credentials }),
    maxAge: maxAgeSeconds,
  };
}
