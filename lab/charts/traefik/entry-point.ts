import { z } from "zod";
import { count, duration } from "../kubernetes-fields";

const modes = z.strictObject({
  accessLogs: z.boolean().nullish(),
  metrics: z.boolean().nullish(),
  tracing: z.boolean().nullish(),
  traceVerbosity: z.enum(["minimal", "detailed"]).nullish(),
});

const http = z.strictObject({
  redirections: z
    .strictObject({
      entryPoint: z
        .strictObject({
          to: z.string().optional(),
          scheme: z.string().optional(),
          permanent: z.boolean().optional(),
          priority: count.optional(),
        })
        .optional(),
    })
    .optional(),
  encodedCharacters: z
    .strictObject({
      allowEncodedSlash: z.boolean().nullish(),
      allowEncodedBackSlash: z.boolean().nullish(),
      allowEncodedNullCharacter: z.boolean().nullish(),
      allowEncodedSemicolon: z.boolean().nullish(),
      allowEncodedPercent: z.boolean().nullish(),
      allowEncodedQuestionMark: z.boolean().nullish(),
      allowEncodedHash: z.boolean().nullish(),
    })
    .optional(),
  maxHeaderBytes: count.nullish(),
  middlewares: z.array(z.string()).nullish(),
  sanitizePath: z.boolean().nullish(),
  underscoreHeadersStrategy: z.enum(["keep", "delete", "reject"]).nullish(),
  tls: z.strictObject({ enabled: z.boolean().optional(), options: z.string().optional() }).optional(),
});

const trusted = z.strictObject({
  trustedIPs: z.array(z.string()).optional(),
  insecure: z.boolean().optional(),
});

const transport = z.strictObject({
  respondingTimeouts: z
    .strictObject({
      readTimeout: duration.nullish(),
      writeTimeout: duration.nullish(),
      idleTimeout: duration.nullish(),
    })
    .optional(),
  lifeCycle: z
    .strictObject({ requestAcceptGraceTimeout: duration.nullish(), graceTimeOut: duration.nullish() })
    .optional(),
  keepAliveMaxRequests: count.nullish(),
  keepAliveMaxTime: duration.nullish(),
});

/** entryPoint is one of the chart's `ports`. */
export const entryPoint = z.strictObject({
  port: count,
  containerPort: count.nullish(),
  hostPort: count.nullish(),
  hostIP: z.string().nullish(),
  expose: z.record(z.string(), z.boolean()).optional(),
  exposedPort: count.optional(),
  targetPort: z.union([count, z.string()]).nullish(),
  nodePort: count.nullish(),
  protocol: z.enum(["TCP", "UDP"]).optional(),
  appProtocol: z.string().nullish(),
  asDefault: z.boolean().nullish(),
  allowACMEByPass: z.boolean().optional(),
  http: http.optional(),
  http3: z.strictObject({ enabled: z.literal(false) }).optional(),
  forwardedHeaders: trusted.extend({ notAppendXForwardedFor: z.boolean().optional() }).optional(),
  proxyProtocol: trusted.optional(),
  transport: transport.optional(),
  observability: modes.optional(),
});

export type EntryPoint = z.infer<typeof entryPoint>;
