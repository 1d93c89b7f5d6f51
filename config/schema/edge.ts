import { z } from "zod";
import { duration } from "./amounts";
import { hostName } from "./certificates";
import { address, domain, memory, network, portNumber } from "./literals";
import { reference } from "./references";

const limitFields = {
  /** maxBody of a request. @default - the largest that its routes take, at least 2000 MiB. @change in place. @error edge/smaller-body */
  maxBody: memory.optional(),
  /**
   * timeouts towards what answers.
   * @default - 90 s each
   * @change in place
   * @error edge/shorter-timeout, edge/websocket-idle, edge/no-time
   */
  timeouts: z
    .strictObject({
      /** connect to it. @default "90s" */
      connect: duration.optional(),
      /** send: between two writes of the request. @default "90s" */
      send: duration.optional(),
      /** read: between two reads of the answer. @default - the longest that its routes wait, at least 90 s */
      read: duration.optional(),
    })
    .optional(),
};

const rawField = {
  /** rawNginx: directives that nothing else here can say. A mistake in them takes the host down, and fails the deploy. @default - none. @error edge/raw-nginx */
  rawNginx: z.string().optional(),
};

const tlsFields = {
  /** certificate that the proxy shows: from variables, or one that lies in it. @default - plain HTTP only. @error edge/certificate-of-issuer, certificates/not-covered */
  certificate: reference<"certificate">().optional(),
  /** forceTls sends visitors from HTTP to HTTPS. @default true where there is a certificate. @error edge/no-certificate */
  forceTls: z.boolean().optional(),
  /** http2 is spoken with visitors. @default true where there is a certificate. @error edge/no-certificate */
  http2: z.boolean().optional(),
  /** hsts: browsers refuse plain HTTP for two years. @default - none. @error edge/hsts-differs, edge/hsts-lasts, edge/hsts-without-force */
  hsts: z
    .union([
      z.literal(true),
      z.strictObject({
        /** subdomains too. One value for every host of one proxy. */
        subdomains: z.boolean(),
      }),
    ])
    .optional(),
};

const adoptField = {
  /**
   * adopt the host with this number that is in the proxy already.
   * @default - it is made
   * @unit number in the proxy
   * @error edge/adopted-twice
   */
  adopt: z.int().positive().optional(),
};

const location = z.strictObject({
  /** to another machine than the ingress. @default - as the host. @error edge/upstream, edge/scheme-of-port */
  to: z
    .strictObject({
      /** scheme that is spoken there. @default "http" */
      scheme: z.enum(["http", "https"]).optional(),
      /** address of that machine. */
      address,
      /** port there. */
      port: portNumber,
    })
    .optional(),
  ...limitFields,
  ...rawField,
});

/** routeEdge, how the proxy in front serves a route's hosts. Routes that share a host say the same. */
export const routeEdge = z.strictObject({
  ...tlsFields,
  /** websocket upgrades are passed on. @default true. @error edge/websocket-off */
  websocket: z.boolean().optional(),
  ...limitFields,
  /** allow visitors of these networks only. @default - any. @error edge/append-and-allow */
  allow: z.array(network).min(1).optional(),
  /** clientIp: `strict` drops what visitors say about themselves in X-Forwarded-*, `append` passes it on. @default "strict". @error edge/append, edge/append-and-allow */
  clientIp: z.enum(["strict", "append"]).optional(),
  /** locations by prefix, with settings of their own. @default {}. @error edge/location-path */
  locations: z.record(z.string().meta({ title: "prefix" }), location).optional(),
  /** cacheAssets: pictures, styles and scripts are kept in the proxy for half an hour. @default false */
  cacheAssets: z.boolean().optional(),
  /** blockExploits refuses queries that look like an attack, among them any with `=http://`. @default false */
  blockExploits: z.boolean().optional(),
  ...rawField,
  ...adoptField,
});

const redirection = z.strictObject({
  /** hosts that it is for. @default - the entry's name */
  hosts: z.array(hostName).min(1).optional(),
  /** to this host. */
  to: domain,
  /** scheme to go to. @default - as it was asked */
  scheme: z.enum(["http", "https"]).optional(),
  /** status of the answer. @default 301 */
  status: z
    .union([z.literal(301), z.literal(302), z.literal(303), z.literal(307), z.literal(308)])
    .optional(),
  /** keepPath and query. @default true */
  keepPath: z.boolean().optional(),
  ...tlsFields,
  ...adoptField,
});

const notFound = z.strictObject({
  /** hosts that it is for. @default - the entry's name */
  hosts: z.array(hostName).min(1).optional(),
  ...tlsFields,
});

const stream = z.strictObject({
  /** port that the proxy listens on. @error edge/stream-port, edge/stream-twice */
  port: portNumber,
  /**
   * to a service of type LoadBalancer with an address, or the ingress.
   * @error edge/stream-target, edge/stream-transport, routes/no-port
   */
  to: z.union([
    z.strictObject({
      /** service that takes them. */
      service: reference<"service">(),
      /** port of it. @default - its only one */
      port: portNumber.optional(),
    }),
    z.strictObject({
      /** ingress at this port: TLS of its routes unopened. */
      ingress: z.union([z.literal(80), z.literal(443)]),
    }),
  ]),
  /** transports that are passed on. @default ["TCP"]. @error edge/stream-transport */
  transports: z
    .array(z.enum(["TCP", "UDP"]))
    .min(1)
    .optional(),
  /**
   * certificate, where TLS ends in the proxy.
   * @default - connections are passed on as they are
   * @error edge/stream-certificate
   */
  certificate: reference<"certificate">().optional(),
});

/** edge, the proxy in front of the cluster. */
export const edge = z.strictObject({
  /** nginxProxyManager, which runs already on a machine of its own. */
  nginxProxyManager: z.strictObject({
    /**
     * url of its API, without `/api`. Credentials come from NGINXPROXYMANAGER_USERNAME and _PASSWORD.
     * @change in place; hosts that the proxy there does not have are made
     * @error edge/plain-url, edge/url-with-path, edge/credentials-in-url
     */
    url: z.url({ protocol: /^https?$/ }),
    /** address that it is reached at. @change in place. @error addresses/twice, addresses/in-dhcp, edge/two-addresses */
    address,
  }),
  /**
   * redirections by host: a name that leads to another.
   * @default {}
   * @change in place
   * @error edge/domain-twice, edge/redirect-loop, names/not-a-host
   */
  redirections: z.record(z.string(), redirection).optional(),
  /** notFound by host: names that answer 404. @default {}. @change in place. @error edge/domain-twice, names/not-a-host */
  notFound: z.record(z.string(), notFound).optional(),
  /**
   * streams by name: ports that are passed on as they are.
   * @default {}
   * @change in place
   * @error edge/stream-hides-visitor, names/object-name, edge/stream-transport
   */
  streams: z.record(z.string(), stream).optional(),
  /** defaultSite for names that the proxy does not know. @default - as it is there. @change in place. @error edge/default-site-twice */
  defaultSite: z
    .union([
      z.enum(["congratulations", "404", "444"]),
      z.strictObject({
        /** redirect there. @error edge/unsafe-redirect */
        redirect: z.url({ protocol: /^https?$/ }),
      }),
    ])
    .optional(),
});

export type RouteEdgeInput = z.output<typeof routeEdge>;
export type RedirectionInput = z.output<typeof redirection>;
export type NotFoundInput = z.output<typeof notFound>;
export type StreamInput = z.output<typeof stream>;
/** EdgeTlsInput, what everything with hosts at the proxy may say about TLS. */
export type EdgeTlsInput = NotFoundInput;
export type EdgeLocationInput = z.output<typeof location>;
