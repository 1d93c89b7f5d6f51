const port = { type: "integer", minimum: 1, maximum: 65_535 };
const flag = { type: "boolean" };
const text = { type: "string" };
const scheme = { enum: ["http", "https"], type: "string" };
const upstream = { type: "string", minLength: 1, maxLength: 255 };

/** certificateId: both branches are tried and the second turns a number into a text, which is why 0 counts as given. */
const certificateId = {
  anyOf: [
    { type: "integer", minimum: 0 },
    { type: "string", pattern: "^new$" },
  ],
};

export const domainNames = {
  type: "array",
  minItems: 1,
  maxItems: 100,
  uniqueItems: true,
  items: { type: "string", pattern: "^[^&| @!#%^();:/\\\\}{=+?<>,~`'\"]+$" },
};

const tls = {
  certificate_id: certificateId,
  ssl_forced: flag,
  hsts_enabled: flag,
  hsts_subdomains: flag,
  http2_support: flag,
};

const named = { domain_names: domainNames, ...tls, advanced_config: text, meta: { type: "object" } };

const location = {
  type: "object",
  required: ["forward_scheme", "forward_host", "forward_port", "path"],
  additionalProperties: false,
  properties: {
    id: { type: ["integer", "null"] },
    path: { type: "string", minLength: 1 },
    forward_scheme: scheme,
    forward_host: upstream,
    forward_port: port,
    forward_path: text,
    advanced_config: text,
  },
};

/** Fields of each kind that a POST and a PUT take, as NPM 2.15.1 checks them (backend/schema). */
export const fields = {
  proxyHost: {
    ...named,
    forward_scheme: scheme,
    forward_host: upstream,
    forward_port: port,
    trust_forwarded_proto: flag,
    block_exploits: flag,
    caching_enabled: flag,
    allow_websocket_upgrade: flag,
    access_list_id: { type: "integer", minimum: 0 },
    enabled: flag,
    locations: { type: "array", items: location },
  },
  redirectionHost: {
    ...named,
    forward_http_code: { type: "integer", minimum: 300, maximum: 308 },
    forward_scheme: { type: "string", enum: ["auto", "http", "https"] },
    forward_domain_name: { type: "string", pattern: "^[^.*]+(?:\\.[^.*]+)*\\.?[^.]$" },
    preserve_path: flag,
    block_exploits: flag,
  },
  deadHost: named,
  stream: {
    incoming_port: port,
    // The published schema ends in a format that nothing checks: any text passes.
    forwarding_host: text,
    forwarding_port: port,
    tcp_forwarding: flag,
    udp_forwarding: flag,
    certificate_id: certificateId,
    meta: { type: "object" },
  },
  accessList: {
    name: { type: "string", minLength: 1 },
    satisfy_any: flag,
    pass_auth: flag,
    items: {
      type: "array",
      items: {
        type: "object",
        additionalProperties: false,
        properties: { username: { type: "string", minLength: 1 }, password: text },
      },
    },
    clients: {
      type: "array",
      items: {
        type: "object",
        additionalProperties: false,
        properties: { address: text, directive: { type: "string", enum: ["allow", "deny"] } },
      },
    },
  },
  certificate: {
    provider: { type: "string", pattern: "^(letsencrypt|other)$" },
    nice_name: text,
    domain_names: { ...domainNames, minItems: 0 },
    meta: {
      type: "object",
      additionalProperties: false,
      properties: {
        certificate: { type: "string", minLength: 1 },
        certificate_key: { type: "string", minLength: 1 },
        dns_challenge: flag,
        dns_provider_credentials: text,
        dns_provider: text,
        letsencrypt_certificate: { type: "object" },
        propagation_seconds: { type: "integer", minimum: 0 },
        key_type: { type: "string", enum: ["rsa", "ecdsa"] },
      },
    },
  },
  defaultSite: {
    value: { type: "string", enum: ["congratulations", "404", "444", "redirect", "html"] },
    meta: { type: "object", additionalProperties: false, properties: { redirect: text, html: text } },
  },
  token: {
    identity: { type: "string", minLength: 1 },
    scope: { type: "string", enum: ["user"] },
    secret: { type: "string", minLength: 1 },
  },
};

type Properties = Readonly<Record<string, object>>;

/** creating takes these fields and no others. */
export const creating = (properties: Properties, ...required: readonly string[]) => ({
  type: "object",
  additionalProperties: false,
  required,
  properties,
});

/** updating takes any of these fields, but at least one. */
export const updating = (properties: Properties) => ({
  type: "object",
  additionalProperties: false,
  minProperties: 1,
  properties,
});
