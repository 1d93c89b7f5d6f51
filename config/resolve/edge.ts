import type { Draft } from "../draft";
import { proxyMaxBody, proxyTimeout } from "../draft/edge";
import type { DraftEdge, DraftEdgeEntry, DraftEdgeHost, DraftStream } from "../draft/edge";
import type {
  DefaultSite,
  Edge,
  EdgeCertificate,
  EdgeHost,
  EdgeLimits,
  EdgeLocation,
  EdgeNotFound,
  EdgeRedirection,
  EdgeStream,
  EdgeTls,
  Upstream,
} from "../model/edge";
import type { EdgeLocationInput, EdgeTlsInput, RedirectionInput } from "../schema/edge";
import { milliseconds } from "../units";
import { certificatesOf } from "./certificates";

/** edgeModelOf a cluster: what the proxy in front is asked for. */
export function edgeModelOf(draft: Draft): Edge | undefined {
  const { edge } = draft;
  if (edge === undefined) return undefined;
  const { url, address } = edge.input.nginxProxyManager;
  const hosts = edge.hosts.map((host) => hostOf(draft, host));
  const redirections = edge.redirections.map(redirectionOf);
  const notFound = edge.notFound.map(notFoundOf);
  const streams = edge.streams.map((stream) => streamOf(draft, stream));
  const shown = [
    ...[...hosts, ...redirections, ...notFound].map(({ tls }) => tls?.certificate),
    ...streams.map(({ certificate }) => certificate),
  ];
  return {
    url: url.replace(/\/+$/, ""),
    address,
    certificates: edgeCertificatesOf(draft).filter(({ name }) => shown.includes(name)),
    hosts,
    redirections,
    notFound,
    streams,
    ...defaultSiteOf(edge.input.defaultSite),
  };
}

function hostOf(draft: Draft, { name, hosts, routes }: DraftEdgeHost): EdgeHost {
  const [{ edge }] = routes;
  const upstream = upstreamOf(draft, routes);
  return {
    name,
    hosts,
    routes: routes.map(({ route }) => route.name),
    upstream,
    ...tlsOf(edge),
    websocket: routes.some((one) => one.edge.websocket ?? true),
    limits: hostLimitsOf(routes),
    allow: edge.allow ?? [],
    clientIp: edge.clientIp ?? "strict",
    locations: Object.entries(edge.locations ?? {}).map(([path, location]) =>
      locationOf(path, location, upstream),
    ),
    cacheAssets: edge.cacheAssets ?? false,
    blockExploits: edge.blockExploits ?? false,
    ...(edge.rawNginx === undefined ? {} : { rawNginx: edge.rawNginx }),
    ...adoptOf(edge),
  };
}

/** upstreamOf a host: the ingress, by HTTPS where it ends TLS. A rule has seen that its routes agree on that. */
function upstreamOf({ input: { ingress } }: Draft, [{ route }]: DraftEdgeHost["routes"]): Upstream {
  if (ingress === undefined) throw new Error(`route ${route.name} passed the rules and has no ingress`);
  const { address } = ingress;
  return "tls" in route.input && route.input.tls !== undefined
    ? { scheme: "https", address, port: 443 }
    : { scheme: "http", address, port: 80 };
}

/** hostLimitsOf routes: what is not said is at least what they take. */
function hostLimitsOf(routes: DraftEdgeHost["routes"]): EdgeLimits {
  const [{ edge }] = routes;
  const policies = routes.flatMap(({ route }) => route.rules.map(({ policy }) => policy));
  const largest = Math.max(...policies.map(({ maxBody }) => maxBody ?? 0));
  const longest = Math.max(...policies.map(({ timeouts }) => timeouts?.request ?? 0));
  const written = limitsOf(edge);
  return {
    ...(largest > proxyMaxBody ? { maxBodyBytes: bytesOf(largest) } : {}),
    ...written,
    timeouts: {
      ...(longest > proxyTimeout ? { read: milliseconds(longest) } : {}),
      ...written.timeouts,
    },
  };
}

function limitsOf({ maxBody, timeouts }: Pick<EdgeLocationInput, "maxBody" | "timeouts">): EdgeLimits {
  return {
    ...(maxBody === undefined ? {} : { maxBodyBytes: bytesOf(maxBody) }),
    timeouts: {
      ...(timeouts?.connect === undefined ? {} : { connect: timeouts.connect }),
      ...(timeouts?.send === undefined ? {} : { send: timeouts.send }),
      ...(timeouts?.read === undefined ? {} : { read: timeouts.read }),
    },
  };
}

function bytesOf(mebibytes: number): number {
  return mebibytes * 1024 * 1024;
}

function locationOf(path: string, location: EdgeLocationInput, upstream: Upstream): EdgeLocation {
  const { to, rawNginx } = location;
  return {
    path,
    upstream: to === undefined ? upstream : { ...to, scheme: to.scheme ?? "http" },
    limits: limitsOf(location),
    ...(rawNginx === undefined ? {} : { rawNginx }),
  };
}

function redirectionOf({ name, hosts, input }: DraftEdgeEntry<RedirectionInput>): EdgeRedirection {
  return {
    name,
    hosts: [...new Set(hosts)].sort(),
    to: { scheme: input.scheme ?? "auto", host: input.to },
    status: input.status ?? 301,
    keepPath: input.keepPath ?? true,
    ...tlsOf(input),
    ...adoptOf(input),
  };
}

function notFoundOf({ name, hosts, input }: DraftEdge["notFound"][number]): EdgeNotFound {
  return { name, hosts: [...new Set(hosts)].sort(), ...tlsOf(input) };
}

function streamOf(draft: Draft, { name, input }: DraftStream): EdgeStream {
  return {
    name,
    port: input.port,
    transports: input.transports === undefined ? ["TCP"] : [...new Set(input.transports)],
    to: streamTargetOf(draft, name, input.to),
    ...(input.certificate === undefined ? {} : { certificate: input.certificate }),
  };
}

function streamTargetOf(draft: Draft, stream: string, to: DraftStream["input"]["to"]): EdgeStream["to"] {
  if ("ingress" in to) {
    const address = draft.input.ingress?.address;
    if (address === undefined) throw new Error(`stream ${stream} passed the rules and has no ingress`);
    return { address, port: to.ingress };
  }
  const exposure = draft.services.find(({ name }) => name === to.service)?.exposure;
  const port = to.port ?? exposure?.ports[0]?.port;
  if (exposure?.address === undefined || port === undefined) {
    throw new Error(`stream ${stream} passed the rules and its service has no address, or no port`);
  }
  return { address: exposure.address, port };
}

function tlsOf({ certificate, forceTls, http2, hsts }: EdgeTlsInput): { readonly tls?: EdgeTls } {
  if (certificate === undefined) return {};
  return {
    tls: {
      certificate,
      force: forceTls ?? true,
      http2: http2 ?? true,
      ...(hsts === undefined ? {} : { hsts: { subdomains: hsts === true ? false : hsts.subdomains } }),
    },
  };
}

function adoptOf({ adopt }: { readonly adopt?: number | undefined }): { readonly adopt?: number } {
  return adopt === undefined ? {} : { adopt };
}

function defaultSiteOf(written: DraftEdge["input"]["defaultSite"]): { readonly defaultSite?: DefaultSite } {
  if (written === undefined) return {};
  return {
    defaultSite:
      typeof written === "string" ? { page: written } : { page: "redirect", url: written.redirect },
  };
}

/** edgeCertificatesOf a cluster: all but those that its issuers sign, which never leave it. */
function edgeCertificatesOf({ input }: Draft): EdgeCertificate[] {
  return certificatesOf(input).flatMap(({ source, ...certificate }) =>
    source.kind === "issuer" ? [] : [{ ...certificate, source }],
  );
}
