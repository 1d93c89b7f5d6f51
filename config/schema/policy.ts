import { z } from "zod";
import { duration, percent } from "./amounts";
import { domain, memory, network } from "./literals";
import { reference } from "./references";

const status = z.int().min(100).max(599).meta({ description: "an HTTP status, 100 to 599" });

/** statuses of responses. */
const statuses = z.array(status).min(1);

export const rewrite = z.union([
  z.string(),
  z.strictObject({
    /** prefix instead of the one that matched; a plain text means this. */
    prefix: z.string(),
  }),
  z.strictObject({
    /** full path instead of the whole. */
    full: z.string(),
  }),
]);

const headerEdit = z.strictObject({
  /** set these, whatever they were. @default {} */
  set: z.record(z.string(), z.string()).optional(),
  /** remove these. @default [] */
  remove: z.array(z.string()).optional(),
});

/** policyFields, what a path may ask for besides its service; on a route they are for all its paths. */
export const policyFields = {
  /** rewrite of the path before it reaches the service. @default - as it was asked. @error routes/prefix-of-expression */
  rewrite: rewrite.optional(),
  /** hostRewrite, the Host header that the service sees. @default - as it was asked */
  hostRewrite: domain.optional(),
  /** headers set or removed, of requests and of responses. @default - as they come */
  headers: z
    .strictObject({
      /** request headers, as the service sees them. @default - as they come */
      request: headerEdit.optional(),
      /** response headers, as the visitor sees them. @default - as they come */
      response: headerEdit.optional(),
    })
    .optional(),
  /** mirror copies requests to another service and drops its answers. @default - none. @error routes/out-of-reach */
  mirror: z
    .strictObject({
      /** to this service. */
      to: reference<"service">(),
      /** percent of the requests. @default "100%" */
      percent: percent.optional(),
    })
    .optional(),
  /** retries of requests that may be sent twice. @default - none */
  retries: z
    .strictObject({
      /** attempts after the first. @unit attempts */
      attempts: z.int().min(1).max(10),
      /** statuses that count as a failure besides a broken connection. @default [502, 503, 504] */
      statuses: statuses.optional(),
    })
    .optional(),
  /** timeouts towards the service. @default - as the engine has them */
  timeouts: z
    .strictObject({
      /** request, until the answer begins. @default - as the engine has it. @error routes/websocket-cut */
      request: duration.optional(),
      /** connect to a pod. @default - as the engine has it */
      connect: duration.optional(),
    })
    .optional(),
  /** circuitBreaker: a pod that failed so often in a row gets nothing for a while. @default - none */
  circuitBreaker: z
    .strictObject({
      /** failures in a row: a 5xx or no answer. @unit requests */
      failures: z.int().min(1),
      /** pause of that pod. @default "30s" */
      pause: duration.optional(),
    })
    .optional(),
  /** maxConcurrent requests of one visitor's address at a time. @default - any number. @unit requests */
  maxConcurrent: z.int().min(1).optional(),
  /** rateLimit of one visitor's address, for each replica of the controller. @default - none */
  rateLimit: z
    .strictObject({
      /** requests that are answered. @unit requests */
      requests: z.int().min(1),
      /** per this time. @default "second" */
      per: z.enum(["second", "minute"]).optional(),
      /** burst that may come at once. @default - as many as requests. @unit requests */
      burst: z.int().min(1).optional(),
    })
    .optional(),
  /** cors, which other sites' pages may ask. @default - none */
  cors: z
    .strictObject({
      /** origins such as `https://app.test.com`, or `*`. */
      origins: z.array(z.string()).min(1),
      /** methods. @default GET, HEAD, POST */
      methods: z.array(z.string()).optional(),
      /** headers of requests. @default [] */
      headers: z.array(z.string()).optional(),
      /** exposeHeaders of responses. @default [] */
      exposeHeaders: z.array(z.string()).optional(),
      /** credentials: cookies may be sent along. @default false */
      credentials: z.boolean().optional(),
      /** maxAge, how long a browser may remember this. @default "10m" */
      maxAge: duration.optional(),
    })
    .optional(),
  /** basicAuth: user and password, from a secret with htpasswd. @default - none. @error references/no-htpasswd */
  basicAuth: z
    .union([
      reference<"secret">(),
      z.strictObject({
        /** secret with htpasswd. */
        secret: reference<"secret">(),
        /** realm that browsers show. @default - the route's host */
        realm: z.string().optional(),
      }),
    ])
    .optional(),
  /** externalAuth: a request passes when this service answers 2xx to its copy. @default - none. @error routes/out-of-reach */
  externalAuth: z
    .strictObject({
      /** to this service. */
      to: reference<"service">(),
      /** path that is asked there. @default "/" */
      path: z.string().optional(),
      /** responseHeaders of its answer that go on to the service. @default [] */
      responseHeaders: z.array(z.string()).optional(),
    })
    .optional(),
  /** allow, the networks that visitors may come from. @default - any */
  allow: z.array(network).min(1).optional(),
  /** sticky: a visitor stays with one pod, by a cookie. @default - none */
  sticky: z
    .union([
      z.literal(true),
      z.strictObject({
        /** cookie, its name. @default "sticky" */
        cookie: z.string().optional(),
        /** lasts this long. @default - as long as the browser runs */
        lasts: duration.optional(),
      }),
    ])
    .optional(),
  /** balance, how a pod is chosen. @default - the engine's way */
  balance: z.enum(["round-robin", "least-request"]).optional(),
  /** websocket connections stay open; no timeout may cut them. @default false */
  websocket: z.boolean().optional(),
  /** maxBody, the largest request. @default - any size */
  maxBody: memory.optional(),
  /** hsts tells browsers to come by HTTPS only. true = for a year. @default - none */
  hsts: z
    .union([
      z.literal(true),
      z.strictObject({
        /** lasts this long. @default "365d" */
        lasts: duration.optional(),
        /** subdomains too. @default false */
        subdomains: z.boolean().optional(),
        /** preload: browsers may carry it in their lists, from which there is no quick way back. @default false */
        preload: z.boolean().optional(),
      }),
    ])
    .optional(),
  /** errorPages: another service answers in place of these statuses. @default - none. @error routes/out-of-reach */
  errorPages: z
    .strictObject({
      /** to this service. */
      to: reference<"service">(),
      /** statuses that are replaced. */
      statuses,
      /** path that is asked there; `{status}` is the number. @default "/{status}.html" */
      path: z.string().optional(),
    })
    .optional(),
};

export type PolicyInput = z.output<z.ZodObject<typeof policyFields>>;
export type RewriteInput = z.output<typeof rewrite>;
