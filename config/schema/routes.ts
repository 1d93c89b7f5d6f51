import { z } from "zod";
import { hostName } from "./certificates";
import { routeEdge } from "./edge";
import { domain, portNumber } from "./literals";
import { policyFields, rewrite } from "./policy";
import { reference, weightsOf } from "./references";

const valueMatch = z.record(
  z.string(),
  z.union([
    z.string(),
    z.strictObject({
      /** regex that the whole value matches (RE2). */
      regex: z.string(),
    }),
  ]),
);

/** to: one service, or several with their shares of 100. */
const to = z.union([reference<"service">(), weightsOf<"service">()]);

const redirect = z.strictObject({
  /** status of the answer. @default 302 */
  status: z
    .union([z.literal(301), z.literal(302), z.literal(303), z.literal(307), z.literal(308)])
    .optional(),
  /** scheme to go to. @default - as it was asked */
  scheme: z.enum(["http", "https"]).optional(),
  /** host to go to. @default - as it was asked */
  host: domain.optional(),
  /** port to go to. @default - the scheme's */
  port: portNumber.optional(),
  /** path to go to. @default - as it was asked */
  path: rewrite.optional(),
});

const conditionFields = {
  /** headers with exactly this value, or one that matches. @default {} */
  headers: valueMatch.optional(),
  /** query parameters with exactly this value, or one that matches. @default {} */
  query: valueMatch.optional(),
  /** methods, one of them. @default - any */
  methods: z
    .array(z.enum(["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"]))
    .min(1)
    .optional(),
};

/** when: requests of the same path that fulfil a condition go elsewhere. Every line of it has to hold. */
const when = z.union([
  z.strictObject({
    ...conditionFields,
    /** to these instead. */
    to,
  }),
  z.strictObject({
    ...conditionFields,
    /** redirect instead. */
    redirect,
  }),
]);

const pathFields = {
  /** match: a prefix is whole segments, a regex is RE2 and matches the whole path. @default "prefix" */
  match: z.enum(["prefix", "exact", "regex"]).optional(),
  /** when, conditions that are tried before, in this order. @default [] */
  when: z.array(when).optional(),
  ...policyFields,
};

/** path: the service's name, or what is to happen in full. */
const path = z.union([
  reference<"service">(),
  z.strictObject({
    /** to one service, or to several by weight: `{ stable: 90, canary: 10 }`. @error routes/weights, routes/one-canary */
    to,
    ...pathFields,
  }),
  z.strictObject({
    /** redirect instead of an answer. @error routes/prefix-of-expression */
    redirect,
    ...pathFields,
  }),
]);

const tls = z.union([
  reference<"certificate">(),
  z.strictObject({
    /** certificate of this file that covers every host. */
    certificate: reference<"certificate">(),
    /** minVersion, the oldest that is spoken. @default "1.2" */
    minVersion: z.enum(["1.2", "1.3"]).optional(),
    /** redirect plain HTTP to HTTPS. @default true */
    redirect: z.boolean().optional(),
    /** clientAuthority, the secret whose key `ca.crt` signed the visitors' certificates. @default - visitors need none */
    clientAuthority: reference<"secret">().optional(),
  }),
]);

const routeFields = {
  /**
   * edge: the proxy in front serves the hosts.
   * @default - they are reachable inside only
   * @error edge/settings-differ, edge/led-outside, edge/passthrough, edge/plain-before-tls,
   *   edge/websocket-idle, routes/no-edge
   */
  edge: routeEdge.optional(),
};

const pathsFields = {
  ...routeFields,
  /**
   * paths, and the service that answers each, or what happens to it in full.
   * @error routes/not-a-path, routes/not-an-expression, routes/no-port, routes/twice, routes/one-canary,
   *   routes/order-unknown, routes/order-differs, edge/no-path, edge/redirect-loop
   */
  paths: z.record(z.string().meta({ title: "path" }), path),
  /**
   * tls ends at the ingress, with this certificate.
   * @default - plain HTTP at the ingress
   * @error certificates/not-covered, certificates/in-proxy-only, edge/upstream-unverified, routes/tls-differs
   */
  tls: tls.optional(),
  ...policyFields,
};

const passthroughFields = {
  ...routeFields,
  /** passthrough: the whole TLS connection goes to this service unopened. @error routes/twice, routes/tls-differs */
  passthrough: reference<"service">(),
};

const oneHost = {
  /**
   * host, exact or with a wildcard label in front: `*.test.com`.
   * @error names/not-a-host, edge/wildcard-covers, routes/wildcard-behind, routes/twice-at-the-edge,
   *   edge/led-outside, routes/tls-differs
   */
  host: hostName,
};

const severalHosts = {
  /**
   * hosts, where there are several.
   * @error names/not-a-host, edge/too-many-hosts, edge/wildcard-covers, routes/wildcard-behind,
   *   routes/twice-at-the-edge, edge/led-outside, routes/tls-differs
   */
  hosts: z.array(hostName).min(1),
};

/** route: hosts, and what answers below them. */
export const route = z.union([
  z.strictObject({ ...oneHost, ...pathsFields }),
  z.strictObject({ ...severalHosts, ...pathsFields }),
  z.strictObject({ ...oneHost, ...passthroughFields }),
  z.strictObject({ ...severalHosts, ...passthroughFields }),
]);

export type RouteInput = z.output<typeof route>;
export type PathInput = z.output<typeof path>;
export type WhenInput = z.output<typeof when>;
export type ToInput = z.output<typeof to>;
export type RedirectInput = z.output<typeof redirect>;
