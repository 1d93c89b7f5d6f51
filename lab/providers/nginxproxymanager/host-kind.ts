import { between, oneOf } from "../protocol/check";
import type { AttributePlan } from "../protocol/resource";
import type { Attribute } from "../protocol/schema";
import { attributesOfResource } from "./schema";

/** HostKind is one of the four kinds of hosts, which the provider treats alike. */
export interface HostKind {
  /** path of the kind below `/api`: `/nginx/proxy-hosts`. */
  readonly path: string;
  /** called, what errors of its resource call it; lookedUp, those of its data source. */
  readonly called: string;
  readonly lookedUp: string;
  /** plural, the plural data source's one attribute. */
  readonly plural: string;
  readonly schemas: Readonly<Record<string, Attribute>>;
  /** required of an answer by the provider's client. */
  readonly required: readonly string[];
  readonly attributes: Readonly<Record<string, AttributePlan>>;
}

const port = between(1, 65535);

/** hostKinds by their resource's name. Source: Sander0542/terraform-provider-nginxproxymanager 1.4.0, internal/provider. */
export const hostKinds = {
  proxy_host: hostKind("proxy_host", "/nginx/proxy-hosts", {
    ...switches("block_exploits", "caching_enabled", "allow_websocket_upgrade"),
    ...webHost(),
    forward_scheme: { checks: [oneOf(["http", "https"])] },
    forward_port: { checks: [port] },
    locations: {
      default: [],
      nested: {
        forward_scheme: { checks: [oneOf(["http", "https"])] },
        forward_port: { checks: [port] },
        advanced_config: { default: "" },
      },
    },
  }),
  redirection_host: hostKind("redirection_host", "/nginx/redirection-hosts", {
    ...switches("block_exploits"),
    ...webHost(),
    forward_http_code: { default: 300, checks: [oneOf([300, 301, 302, 303, 307, 308])] },
    forward_scheme: { default: "auto", checks: [oneOf(["auto", "http", "https"])] },
    preserve_path: { default: true },
  }),
  dead_host: { ...hostKind("dead_host", "/nginx/dead-hosts", webHost()), lookedUp: "404 host" },
  stream: hostKind("stream", "/nginx/streams", {
    ...everyHost(),
    tcp_forwarding: { default: true },
    udp_forwarding: { default: false },
  }),
};

function hostKind(name: string, path: string, attributes: HostKind["attributes"]): HostKind {
  const schemas = attributesOfResource(name);
  const called = name.replace("_", " ");
  const optional = name === "stream" ? ["certificate_id"] : [];
  const required = Object.keys(schemas).filter((each) => !optional.includes(each));
  return { path, called, lookedUp: called, plural: `${name}s`, schemas, required, attributes };
}

function webHost(): HostKind["attributes"] {
  return {
    ...everyHost(),
    ...switches("ssl_forced", "hsts_enabled", "hsts_subdomains", "http2_support"),
    advanced_config: { default: "" },
  };
}

function everyHost(): HostKind["attributes"] {
  return {
    id: { keeps: true },
    created_on: { keeps: true },
    owner_user_id: { keeps: true },
    enabled: { default: true },
  };
}

function switches(...names: readonly string[]): HostKind["attributes"] {
  return Object.fromEntries(names.map((name) => [name, { default: false }]));
}
