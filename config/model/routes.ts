import type { Ipv4Network } from "../network";
import type { Milliseconds } from "../units";
import type { BackendProtocol } from "./services";

/** Route is one entry of `routes`: hosts, and what answers below them. */
export interface Route {
  /** name of its objects: its first host with dashes for dots (`*.` is `any-`), numbered when another route has that host too. */
  readonly name: string;
  /** namespace of the services that it leads to, and of its objects. */
  readonly namespace: string;
  /** hosts, exact or with one wildcard label in front: `*.test.com`. */
  readonly hosts: readonly string[];
  /** rules in the order in which they are tried: exact before regex before prefix, longer before shorter, conditions first. */
  readonly rules: readonly RouteRule[];
  /** tls ends at the ingress; absent = plain HTTP there. */
  readonly tls?: RouteTls;
  /** passthrough: the whole TLS connection goes to this backend unopened; then there are no rules. */
  readonly passthrough?: Backend;
  /** edge, how visitors come through the proxy in front; absent = reachable inside only. */
  readonly edge?: RouteEdge;
}

export interface RouteTls {
  /** certificate, a name in the cluster's certificates; covers every host. */
  readonly certificate: string;
  /** secretName of the Secret with the certificate, in the namespace the engine wants it in. */
  readonly secretName: string;
  readonly minVersion: "1.2" | "1.3";
  /** redirect plain HTTP to HTTPS. */
  readonly redirect: boolean;
  /** clientAuthority, the Secret (key `ca.crt`) whose authority must have signed visitors' certificates. */
  readonly clientAuthority?: string;
}

export interface RouteEdge {
  /** scheme that visitors speak to the proxy: both, where it has a certificate and lets plain HTTP pass. */
  readonly scheme: "http" | "https" | "both";
}

export interface RouteRule {
  /** name, unique in the route, made of its path and condition: `hello`, `hello-when-1`. */
  readonly name: string;
  readonly path: PathMatch;
  /** condition besides the path; absent = every request. */
  readonly condition?: Condition;
  readonly action: Forward | Redirect;
  readonly policy: Policy;
}

/** PathMatch: a prefix is whole segments: `/a` is `/a` and `/a/b`, never `/ab`. A regex matches the whole path (RE2). */
export interface PathMatch {
  readonly kind: "exact" | "prefix" | "regex";
  readonly value: string;
}

/** Condition: every line of it has to hold. */
export interface Condition {
  readonly headers: readonly ValueMatch[];
  readonly query: readonly ValueMatch[];
  /** methods, one of them; none = any. */
  readonly methods: readonly string[];
}

export interface ValueMatch {
  readonly name: string;
  readonly kind: "exact" | "regex";
  readonly value: string;
}

/** Forward to backends by weight; weights sum to 100. */
export interface Forward {
  readonly kind: "forward";
  readonly backends: readonly Backend[];
}

export interface Backend {
  readonly service: string;
  readonly namespace: string;
  readonly port: number;
  readonly protocol: BackendProtocol;
  readonly weight: number;
  /** externalHost, where the service is an ExternalName: the name to ask for and to find in its certificate. */
  readonly externalHost?: string;
}

/** Redirect answers itself; what it does not name stays as it was asked for. */
export interface Redirect {
  readonly kind: "redirect";
  readonly status: 301 | 302 | 303 | 307 | 308;
  readonly scheme?: "http" | "https";
  readonly host?: string;
  readonly port?: number;
  readonly path?: Rewrite;
}

/** Rewrite of the path: the matched prefix, or all of it. */
export type Rewrite = { readonly kind: "prefix" | "full"; readonly value: string };

/** Policy of one rule; a field that is absent (or empty) asks for nothing. */
export interface Policy {
  readonly rewrite?: Rewrite;
  /** hostRewrite, the Host header that backends see. */
  readonly hostRewrite?: string;
  readonly headers: { readonly request: HeaderEdit; readonly response: HeaderEdit };
  readonly mirror?: { readonly backend: Backend; readonly percent: number };
  readonly retries?: Retries;
  readonly timeouts: { readonly request?: Milliseconds; readonly connect?: Milliseconds };
  readonly circuitBreaker?: CircuitBreaker;
  /** maxConcurrent requests of one visitor's address that are answered at the same time. */
  readonly maxConcurrent?: number;
  readonly rateLimit?: RateLimit;
  readonly cors?: Cors;
  readonly basicAuth?: { readonly secret: string; readonly realm: string };
  readonly externalAuth?: ExternalAuth;
  /** allow, the networks that visitors may come from; none = any. */
  readonly allow: readonly Ipv4Network[];
  readonly sticky?: Sticky;
  readonly balance?: "round-robin" | "least-request";
  /** websocket connections stay open: no timeout may cut them. */
  readonly websocket: boolean;
  /** maxBodyBytes of a request. */
  readonly maxBodyBytes?: number;
  readonly hsts?: { readonly seconds: number; readonly subdomains: boolean; readonly preload: boolean };
  readonly errorPages?: {
    readonly backend: Backend;
    readonly statuses: readonly number[];
    readonly path: string;
  };
}

export type { Milliseconds };

export interface HeaderEdit {
  readonly set: Readonly<Record<string, string>>;
  readonly remove: readonly string[];
}

/** Retries of requests that may be sent twice (idempotent methods). */
export interface Retries {
  /** attempts after the first. */
  readonly attempts: number;
  /** statuses that count as a failure besides a broken connection. */
  readonly statuses: readonly number[];
}

/** CircuitBreaker: a pod that failed so often in a row gets nothing for a while. A failure is a 5xx or no answer. */
export interface CircuitBreaker {
  readonly failures: number;
  readonly pause: Milliseconds;
}

/** RateLimit for each visitor's address and each replica of the controller. */
export interface RateLimit {
  readonly requests: number;
  readonly per: "second" | "minute";
  readonly burst: number;
}

export interface Cors {
  /** origins, or `*`. */
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  readonly headers: readonly string[];
  readonly exposeHeaders: readonly string[];
  readonly credentials: boolean;
  readonly maxAgeSeconds: number;
}

/** ExternalAuth: a request passes when this service answers 2xx to its copy. */
export interface ExternalAuth {
  readonly backend: Backend;
  readonly path: string;
  /** responseHeaders that go on to the backend. */
  readonly responseHeaders: readonly string[];
}

/** Sticky: a visitor stays with one pod by a cookie. */
export interface Sticky {
  readonly cookie: string;
  /** seconds that it lasts; absent = as long as the browser runs. */
  readonly seconds?: number;
}
