import { accessRules, admits } from "./edge/access";
import { forward } from "./edge/forward";
import { hasUnread } from "./edge/locations";
import {
  certificateOf,
  type EdgeCertificate,
  type EdgeRecords,
  type ProxyHost,
  type RedirectionHost,
} from "./edge/records";
import { nameOf, type Server, serverOf, serversOf } from "./edge/server";
import { streamAt, throughStream } from "./edge/stream";
import { redirected } from "./routing/redirect";
import { type EdgeHop, type End, lost, type Request, type Step, type Upstream } from "./trace";

/** Passage of a request through the proxy in front: an answer of its own, or on to an upstream. */
export type Passage = { readonly end: End } | Onward;

export interface Onward {
  /** request as the upstream gets it. */
  readonly request: Request;
  readonly to: Upstream;
  /** leaves for a machine of a location's own, which may be none of the cluster's. @default false */
  readonly leaves?: boolean;
}

/** knows: the proxy has a host of this URL's name, or a stream at its port, serving or not. */
export function knows(edge: EdgeRecords, url: URL): boolean {
  return url.port === "" ? serversOf(edge, url.hostname).length > 0 : streamAt(edge, url) !== undefined;
}

/** passEdge, as Nginx Proxy Manager's templates have nginx do it. Source: its backend/templates. */
export function passEdge(edge: EdgeRecords, request: Request, hops: Step[]): Passage {
  const stream = streamAt(edge, request.url);
  if (stream !== undefined) return throughStream(edge, stream, request, hops);
  const server = serverOf(edge, request.url);
  const { host } = server;
  const certificate = certificateOf(edge, host);
  const object = { kind: server.kind, name: host.name };
  if (certificate !== undefined) {
    if (request.url.protocol === "https:") hops.push(tlsEnd(server, certificate));
    else if (isForced(server, request)) {
      hops.push({ at: "edge", object, says: "plain HTTP is sent to HTTPS" });
      return { end: { kind: "redirected", status: 301, to: redirected(request.url, { scheme: "https" }) } };
    }
  }
  if (server.kind === "RedirectionHost") {
    const to = targetOf(server.host, request.url);
    hops.push({ at: "edge", object, says: `every path to ${server.host.forward_domain_name}` });
    return { end: { kind: "redirected", status: server.host.forward_http_code, to } };
  }
  if (server.kind === "DeadHost") {
    hops.push({ at: "edge", object, says: "every path is not found" });
    return lost(`the edge itself answers 404 for ${request.url.hostname}, by ${nameOf(server)}`);
  }
  return throughProxyHost(edge, server.host, request, hops);
}

function tlsEnd({ host }: Server, { name }: EdgeCertificate): EdgeHop {
  return {
    at: "edge certificate",
    object: { kind: "Certificate", name },
    says: `TLS for ${host.domain_names.join(", ")} ends here`,
  };
}

function throughProxyHost(edge: EdgeRecords, host: ProxyHost, request: Request, hops: Step[]): Passage {
  const { location, forwarded, to } = forward(edge, host, request);
  const configs = [location.config, host.advanced_config];
  const access = configs.map(accessRules).find((rules) => rules.length > 0) ?? [];
  const says = [
    `${location.path} to ${printUpstream(to)}`,
    ...access.map(({ allows, who }) => `${allows ? "allow" : "deny"} ${who}`),
    ...unfollowed(host),
  ];
  hops.push({ at: "edge", object: { kind: "ProxyHost", name: host.name }, says: says.join(", ") });
  if (request.from !== undefined && !admits(access, request.from))
    return lost(`the edge answers 403 to ${request.from}, which ProxyHost ${host.name} does not let in`);
  return { request: forwarded, to, leaves: to.host !== host.forward_host };
}

/** unfollowed: what a trace cannot look into, in words. */
function unfollowed(host: ProxyHost): string[] {
  const { access_list_id: list } = host;
  return [
    ...(list === undefined || list === null || list === 0 ? [] : [`access list ${list} not looked into`]),
    ...(hasUnread(host) ? ["locations of its raw configuration not looked into"] : []),
  ];
}

export function printUpstream({ scheme, host, port }: Upstream): string {
  return `${scheme}://${host}:${port}`;
}

/** isForced, unless the proxy is told to believe a visitor who says that he came by https. */
function isForced({ host }: Server, { headers }: Request): boolean {
  return host.ssl_forced && !(host.trust_forwarded_proto && headers["x-forwarded-proto"] === "https");
}

function targetOf(host: RedirectionHost, url: URL): string {
  const scheme = host.forward_scheme === "auto" ? url.protocol.slice(0, -1) : host.forward_scheme;
  const origin = `${scheme}://${host.forward_domain_name}`;
  return host.preserve_path ? `${origin}${url.pathname}${url.search}` : origin;
}
