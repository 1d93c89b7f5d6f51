import type { Ipv4, Ipv4Network } from "../network";
import type { Milliseconds } from "../units";
import type { Certificate, CertificateSource } from "./certificates";

/** Edge, the Nginx Proxy Manager in front of the cluster, and all that this file makes in it. */
export interface Edge {
  /** url of its API, without `/api`. */
  readonly url: string;
  /** address that visitors' requests reach it at, and that its own requests come from. */
  readonly address: Ipv4;
  /** certificates that something below shows. */
  readonly certificates: readonly EdgeCertificate[];
  /** hosts, in the order in which they are written: the proxy takes one write at a time. */
  readonly hosts: readonly EdgeHost[];
  readonly redirections: readonly EdgeRedirection[];
  readonly notFound: readonly EdgeNotFound[];
  readonly streams: readonly EdgeStream[];
  /** defaultSite, what a visitor sees who asks for a name that the proxy does not know; absent = as it is there. */
  readonly defaultSite?: DefaultSite;
}

/** EdgeCertificate: the proxy gets it from variables, or has it. It cannot ask the cluster's issuers. */
export interface EdgeCertificate extends Certificate {
  readonly source: Exclude<CertificateSource, { kind: "issuer" }>;
}

/** EdgeHost is one proxy host: every route with `edge` that shares a host with another is in the same one. */
export interface EdgeHost {
  /** name of the first of its routes. */
  readonly name: string;
  /** hosts, sorted, as the proxy keeps them. */
  readonly hosts: readonly string[];
  /** routes that answer behind it, by name. */
  readonly routes: readonly string[];
  readonly upstream: Upstream;
  /** tls ends here; absent = plain HTTP only. */
  readonly tls?: EdgeTls;
  /** websocket upgrades are passed on. */
  readonly websocket: boolean;
  readonly limits: EdgeLimits;
  /** allow, the networks that visitors may come from; none = any. */
  readonly allow: readonly Ipv4Network[];
  /** clientIp `strict`: the visitor's own X-Forwarded-* are dropped; `append`: they are passed on. */
  readonly clientIp: "strict" | "append";
  /** locations besides `/`. */
  readonly locations: readonly EdgeLocation[];
  /** cacheAssets: the proxy keeps pictures, styles and scripts. */
  readonly cacheAssets: boolean;
  /** blockExploits refuses requests whose query looks like an attack. */
  readonly blockExploits: boolean;
  /** rawNginx, directives of its server block as an operator wrote them. */
  readonly rawNginx?: string;
  /** adopt, the number that it has in the proxy already. */
  readonly adopt?: number;
}

/** Upstream that the proxy asks: an address of the load balancer for hosts, of any machine for locations. */
export interface Upstream {
  readonly scheme: "http" | "https";
  readonly address: Ipv4;
  readonly port: number;
}

export interface EdgeTls {
  /** certificate, a name in the edge's certificates. */
  readonly certificate: string;
  /** force visitors from HTTP to HTTPS. */
  readonly force: boolean;
  readonly http2: boolean;
  /** hsts for two years and with `preload`, as the proxy writes it; absent = none. */
  readonly hsts?: { readonly subdomains: boolean };
}

/** EdgeLimits; what is absent stays as the proxy has it: 2000 MB, 90 s each. */
export interface EdgeLimits {
  readonly maxBodyBytes?: number;
  readonly timeouts: {
    readonly connect?: Milliseconds;
    readonly send?: Milliseconds;
    readonly read?: Milliseconds;
  };
}

export interface EdgeLocation {
  /** path, a prefix. */
  readonly path: string;
  readonly upstream: Upstream;
  readonly limits: EdgeLimits;
  readonly rawNginx?: string;
}

/** EdgeRedirection answers its hosts with the way to another. */
export interface EdgeRedirection {
  /** name, its key in the file with dashes for dots. */
  readonly name: string;
  readonly hosts: readonly string[];
  readonly to: { readonly scheme: "http" | "https" | "auto"; readonly host: string };
  readonly status: 301 | 302 | 303 | 307 | 308;
  /** keepPath and query of what was asked. */
  readonly keepPath: boolean;
  readonly tls?: EdgeTls;
  readonly adopt?: number;
}

/** EdgeNotFound answers its hosts with 404. It is never adopted: what is changed of one there goes on to serve what it was. */
export interface EdgeNotFound {
  readonly name: string;
  readonly hosts: readonly string[];
  readonly tls?: EdgeTls;
}

/** EdgeStream passes connections of a port on; the visitor's address is lost. */
export interface EdgeStream {
  readonly name: string;
  readonly port: number;
  readonly transports: readonly ("TCP" | "UDP")[];
  readonly to: { readonly address: Ipv4; readonly port: number };
  /** certificate, where TLS ends here. */
  readonly certificate?: string;
}

export type DefaultSite =
  { readonly page: "congratulations" | "404" | "444" } | { readonly page: "redirect"; readonly url: string };
