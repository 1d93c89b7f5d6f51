import { z } from "zod";

/** state, where the engine remembers what it made. Logins of a store are in its own environment variables. */
export const state = z.union([
  z.strictObject({
    /** pg: a PostgreSQL database, in PG_CONN_STR. It locks by itself. */
    pg: z.strictObject({
      /** schema, one for each stack: this, an underscore and the stack's name. @default "slipway" */
      schema: z.string().optional(),
    }),
  }),
  z.strictObject({
    /** s3: a bucket with versions, logged into by AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. Locked by a file beside the state. */
    s3: z.strictObject({
      /** bucket that exists. */
      bucket: z.string().min(1),
      /** region of it. */
      region: z.string(),
      /** folder in it. @default - the cluster's name */
      folder: z.string().optional(),
      /** endpoint, the URL of a store that is not Amazon's. @default - Amazon's */
      endpoint: z.url({ protocol: /^https?$/ }).optional(),
    }),
  }),
  z.strictObject({
    /** http: a server that keeps and locks a state at a URL, such as GitLab; its login is in TF_HTTP_USERNAME and TF_HTTP_PASSWORD. */
    http: z.strictObject({
      /** address; each stack's state is at <address>/<stack>. */
      address: z.url({ protocol: /^https?$/ }),
    }),
  }),
]);
