import { rewriteOf } from "../draft/rewrite";
import type { Cors, HeaderEdit, Policy } from "../model/routes";
import type { PolicyInput } from "../schema/policy";
import { milliseconds, wholeSeconds } from "../units";
import type { Milliseconds } from "../units";
import type { BackendOf } from "./routes";

/** policyOf one rule. Its realm is what a browser shows when it asks for a password. */
export function policyOf(input: PolicyInput, backendOf: BackendOf, realm: string): Policy {
  const { rewrite, hostRewrite, retries, maxConcurrent, balance, maxBody } = input;
  return {
    ...(rewrite === undefined ? {} : { rewrite: rewriteOf(rewrite) }),
    ...(hostRewrite === undefined ? {} : { hostRewrite }),
    headers: {
      request: headerEditOf(input.headers?.request),
      response: headerEditOf(input.headers?.response),
    },
    ...mirrorOf(input, backendOf),
    ...(retries === undefined
      ? {}
      : { retries: { attempts: retries.attempts, statuses: retries.statuses ?? [502, 503, 504] } }),
    timeouts: timeoutsOf(input),
    ...circuitBreakerOf(input),
    ...(maxConcurrent === undefined ? {} : { maxConcurrent }),
    ...rateLimitOf(input),
    ...(input.cors === undefined ? {} : { cors: corsOf(input.cors) }),
    ...basicAuthOf(input, realm),
    ...externalAuthOf(input, backendOf),
    allow: input.allow ?? [],
    ...stickyOf(input),
    ...(balance === undefined ? {} : { balance }),
    websocket: input.websocket ?? false,
    ...(maxBody === undefined ? {} : { maxBodyBytes: maxBody * 1024 * 1024 }),
    ...hstsOf(input),
    ...errorPagesOf(input, backendOf),
  };
}

function headerEditOf(written: NonNullable<PolicyInput["headers"]>["request"]): HeaderEdit {
  return { set: written?.set ?? {}, remove: written?.remove ?? [] };
}

function mirrorOf({ mirror }: PolicyInput, backendOf: BackendOf): Pick<Policy, "mirror"> {
  if (mirror === undefined) return {};
  return { mirror: { backend: backendOf(mirror.to), percent: mirror.percent ?? 100 } };
}

function timeoutsOf({ timeouts }: PolicyInput): Policy["timeouts"] {
  return {
    ...(timeouts?.request === undefined ? {} : { request: timeouts.request }),
    ...(timeouts?.connect === undefined ? {} : { connect: timeouts.connect }),
  };
}

function circuitBreakerOf({ circuitBreaker }: PolicyInput): Pick<Policy, "circuitBreaker"> {
  if (circuitBreaker === undefined) return {};
  return {
    circuitBreaker: {
      failures: circuitBreaker.failures,
      pause: circuitBreaker.pause ?? milliseconds(30_000),
    },
  };
}

function rateLimitOf({ rateLimit }: PolicyInput): Pick<Policy, "rateLimit"> {
  if (rateLimit === undefined) return {};
  const { requests, per, burst } = rateLimit;
  return { rateLimit: { requests, per: per ?? "second", burst: burst ?? requests } };
}

function corsOf(cors: NonNullable<PolicyInput["cors"]>): Cors {
  return {
    origins: cors.origins,
    methods: cors.methods ?? ["GET", "HEAD", "POST"],
    headers: cors.headers ?? [],
    exposeHeaders: cors.exposeHeaders ?? [],
    credentials: cors.credentials ?? false,
    maxAgeSeconds: secondsOf(cors.maxAge, 600),
  };
}

function basicAuthOf({ basicAuth }: PolicyInput, otherwise: string): Pick<Policy, "basicAuth"> {
  if (basicAuth === undefined) return {};
  const { secret, realm } = typeof basicAuth === "string" ? { secret: basicAuth } : basicAuth;
  return { basicAuth: { secret, realm: realm ?? otherwise } };
}

function externalAuthOf({ externalAuth }: PolicyInput, backendOf: BackendOf): Pick<Policy, "externalAuth"> {
  if (externalAuth === undefined) return {};
  const { to, path, responseHeaders } = externalAuth;
  return {
    externalAuth: { backend: backendOf(to), path: path ?? "/", responseHeaders: responseHeaders ?? [] },
  };
}

function stickyOf({ sticky }: PolicyInput): Pick<Policy, "sticky"> {
  if (sticky === undefined) return {};
  const { cookie, lasts } = sticky === true ? {} : sticky;
  return {
    sticky: {
      cookie: cookie ?? "sticky",
      ...(lasts === undefined ? {} : { seconds: wholeSeconds(lasts) }),
    },
  };
}

function hstsOf({ hsts }: PolicyInput): Pick<Policy, "hsts"> {
  if (hsts === undefined) return {};
  const { lasts, subdomains, preload } = hsts === true ? {} : hsts;
  const seconds = secondsOf(lasts, year);
  return { hsts: { seconds, subdomains: subdomains ?? false, preload: preload ?? false } };
}

function errorPagesOf({ errorPages }: PolicyInput, backendOf: BackendOf): Pick<Policy, "errorPages"> {
  if (errorPages === undefined) return {};
  const { to, statuses, path } = errorPages;
  return { errorPages: { backend: backendOf(to), statuses, path: path ?? "/{status}.html" } };
}

const year = 365 * 86_400;

function secondsOf(duration: Milliseconds | undefined, otherwise: number): number {
  return duration === undefined ? otherwise : wholeSeconds(duration);
}
