import type { Backend, Cors, Policy, Retries, Route, RouteRule } from "../../../config/model/routes";
import type { BackendProtocol } from "../../../config/model/services";
import { type Milliseconds, wholeSeconds } from "../../../config/units";
import type { KubernetesObject } from "../../object";

/** Annotations of ingress-nginx without their common prefix. @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/ */
export type Annotations = Readonly<Record<string, string | undefined>>;

/** annotated metadata: the prefix put before each name, what is undefined left out. */
export function annotated(annotations: Annotations): Pick<KubernetesObject["metadata"], "annotations"> {
  const given = Object.entries(annotations).flatMap(([name, value]) =>
    value === undefined ? [] : [[`nginx.ingress.kubernetes.io/${name}`, value] as const],
  );
  return given.length === 0 ? {} : { annotations: Object.fromEntries(given) };
}

/** annotationsOf a rule that forwards. What it does not ask for is off in the controller's ConfigMap. */
export function annotationsOf(route: Route, rule: RouteRule, backend: Backend): Annotations {
  const { policy } = rule;
  return {
    ...tlsOf(route),
    ...upstreamOf(policy, backend),
    ...timeoutsOf(policy),
    ...retriesOf(policy.retries),
    ...limitsOf(policy),
    ...accessOf(policy),
    ...(policy.cors && corsOf(policy.cors)),
    ...stickyOf(policy),
  };
}

function tlsOf({ namespace, tls }: Route): Annotations {
  const authority = tls?.clientAuthority;
  return {
    "ssl-redirect": tls?.redirect === true ? "true" : undefined,
    ...(authority !== undefined && {
      "auth-tls-secret": `${namespace}/${authority}`,
      "auth-tls-verify-client": "on",
    }),
  };
}

function upstreamOf({ hostRewrite, mirror }: Policy, { protocol }: Backend): Annotations {
  return {
    "backend-protocol": protocols[protocol],
    "upstream-vhost": hostRewrite,
    ...(mirror && { "mirror-target": `${url(mirror.backend)}$request_uri`, "mirror-host": "$host" }),
  };
}

/** timeoutsOf a rule in whole seconds, rounded up. nginx counts a request's between two reads and between two writes, and would cut a websocket by it. */
function timeoutsOf({ timeouts, websocket }: Policy): Annotations {
  const request = timeouts.request === undefined || websocket ? undefined : inSeconds(timeouts.request);
  return {
    "proxy-connect-timeout": timeouts.connect === undefined ? undefined : inSeconds(timeouts.connect),
    "proxy-read-timeout": request,
    "proxy-send-timeout": request,
    "proxy-next-upstream-timeout": request,
  };
}

/** retriesOf a rule; nginx counts the first attempt, and does not send POST, LOCK or PATCH again by itself. */
function retriesOf(retries: Retries | undefined): Annotations {
  if (retries === undefined) return {};
  const failures = ["error", "timeout", ...retries.statuses.map((status) => `http_${status}`)];
  return {
    "proxy-next-upstream": failures.join(" "),
    "proxy-next-upstream-tries": String(retries.attempts + 1),
  };
}

/** limitsOf one visitor; nginx has the burst as a multiple of the rate. */
function limitsOf({ rateLimit, maxConcurrent, maxBodyBytes }: Policy): Annotations {
  return {
    "limit-connections": maxConcurrent?.toString(),
    ...(rateLimit && {
      [rateLimit.per === "second" ? "limit-rps" : "limit-rpm"]: String(rateLimit.requests),
      "limit-burst-multiplier": String(Math.max(1, Math.round(rateLimit.burst / rateLimit.requests))),
    }),
    "proxy-body-size": maxBodyBytes?.toString(),
  };
}

function accessOf({ allow, basicAuth, externalAuth }: Policy): Annotations {
  return {
    "whitelist-source-range": allow.length === 0 ? undefined : allow.map(({ cidr }) => cidr).join(","),
    ...(basicAuth && {
      "auth-type": "basic",
      "auth-secret": basicAuth.secret,
      "auth-realm": basicAuth.realm,
    }),
    ...(externalAuth && {
      "auth-url": `${url(externalAuth.backend)}${externalAuth.path}`,
      "auth-response-headers":
        externalAuth.responseHeaders.length === 0 ? undefined : externalAuth.responseHeaders.join(","),
    }),
  };
}

/** corsOf a rule. An empty list of headers would mean nginx' own: `Accept` is one that browsers may always send. */
function corsOf(cors: Cors): Annotations {
  return {
    "enable-cors": "true",
    "cors-allow-origin": cors.origins.join(","),
    "cors-allow-methods": cors.methods.join(","),
    "cors-allow-headers": cors.headers.length === 0 ? "Accept" : cors.headers.join(","),
    "cors-expose-headers": cors.exposeHeaders.length === 0 ? undefined : cors.exposeHeaders.join(","),
    "cors-allow-credentials": String(cors.credentials),
    "cors-max-age": String(cors.maxAgeSeconds),
  };
}

function stickyOf({ sticky }: Policy): Annotations {
  if (sticky === undefined) return {};
  const seconds = sticky.seconds?.toString();
  return {
    affinity: "cookie",
    "affinity-mode": "persistent",
    "session-cookie-name": sticky.cookie,
    "session-cookie-path": "/",
    "session-cookie-max-age": seconds,
  };
}

function url({ service, namespace, port, protocol }: Backend): string {
  return `${protocol === "https" ? "https" : "http"}://${service}.${namespace}.svc.cluster.local:${port}`;
}

function inSeconds(duration: Milliseconds): string {
  return String(wholeSeconds(duration));
}

/** protocols by nginx' names; HTTP is what it speaks by itself, and h2c is refused before. */
const protocols: Readonly<Record<BackendProtocol, string | undefined>> = {
  http: undefined,
  https: "HTTPS",
  h2c: undefined,
  grpc: "GRPC",
};
