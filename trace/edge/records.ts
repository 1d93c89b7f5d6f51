import { z } from "zod";

const flag = z.union([z.boolean(), z.literal([0, 1])]).transform(Boolean);
const port = z.coerce.number();

const anyHost = z.looseObject({
  /** name of it in a plan, or its number in the proxy. */
  name: z.string(),
  domain_names: z.array(z.string()),
  /** certificate_id as the certificate's own record has it; 0 = none. */
  certificate_id: z.union([z.number(), z.string()]).nullish(),
  ssl_forced: flag.default(false),
  /** trust_forwarded_proto: a visitor who says that he came by https is not sent there. */
  trust_forwarded_proto: flag.default(false),
  advanced_config: z.string().default(""),
  enabled: flag.default(true),
  /** nginx_online, absent before a deploy. */
  nginx_online: z.boolean().default(true),
  /** nginx_err, what nginx said against it. */
  nginx_err: z.string().nullish(),
});

const upstream = {
  forward_scheme: z.enum(["http", "https"]),
  forward_host: z.string(),
  forward_port: port,
  /** forward_path stands in for the matched prefix; the provider has no field for it. */
  forward_path: z.string().nullish(),
};

const location = z.looseObject({
  path: z.string(),
  ...upstream,
  advanced_config: z.string().nullish(),
});

const proxyHost = anyHost.extend({
  ...upstream,
  locations: z.array(location).nullish(),
  /** access_list_id of a list made by hand; 0 = none. */
  access_list_id: z.number().nullish(),
});

const redirectionHost = anyHost.extend({
  forward_scheme: z.enum(["auto", "http", "https"]).default("auto"),
  forward_domain_name: z.string(),
  forward_http_code: z.coerce.number(),
  preserve_path: flag.default(false),
});

const stream = z.looseObject({
  name: z.string(),
  incoming_port: port,
  forwarding_host: z.string(),
  forwarding_port: port,
  tcp_forwarding: flag.default(true),
  certificate_id: anyHost.shape.certificate_id,
  enabled: anyHost.shape.enabled,
  nginx_online: anyHost.shape.nginx_online,
  nginx_err: anyHost.shape.nginx_err,
});

/**
 * edgeRecords of one Nginx Proxy Manager, in the fields of Sander0542/nginxproxymanager, which are those of its API.
 * @see https://registry.terraform.io/providers/Sander0542/nginxproxymanager/1.4.0/docs
 */
export const edgeRecords = z.object({
  /** address that the proxy's own requests come from; the controller may trust it. */
  address: z.string(),
  proxyHosts: z.array(proxyHost).default([]),
  redirectionHosts: z.array(redirectionHost).default([]),
  deadHosts: z.array(anyHost).default([]),
  streams: z.array(stream).default([]),
  certificates: z
    .array(z.looseObject({ id: z.union([z.number(), z.string()]), name: z.string() }))
    .default([]),
});

export type EdgeRecords = z.infer<typeof edgeRecords>;
export type AnyHost = z.infer<typeof anyHost>;
export type ProxyHost = z.infer<typeof proxyHost>;
export type RedirectionHost = z.infer<typeof redirectionHost>;
export type Stream = z.infer<typeof stream>;
export type EdgeCertificate = EdgeRecords["certificates"][number];

/** certificateOf a host; undefined = none, or one that is gone: the proxy then serves plain HTTP and says nothing. */
export function certificateOf(
  { certificates }: EdgeRecords,
  { certificate_id: wanted }: Pick<AnyHost, "certificate_id">,
): EdgeCertificate | undefined {
  return certificates.find(({ id }) => id === wanted);
}
