import { z } from "zod";
import { folder, link } from "./links";
import { literal } from "./literals";

/** schemaName as PostgreSQL takes it without quotes. */
const schemaName = literal(
  (text) => (/^[a-z_][a-z0-9_]*$/.test(text) ? text : undefined),
  (text) => ({
    code: "state/not-a-schema",
    why: "a schema's name is a-z, 0-9 and underscores, and does not begin with a digit",
    fix: `write "${text
      .toLowerCase()
      .replaceAll(/[^a-z0-9_]+/g, "_")
      .replace(/^(?=\d|$)/, "_")}"`,
  }),
).meta({
  description: "a name of a-z, 0-9 and underscores that does not begin with a digit",
  problems: ["state/not-a-schema"],
});

/** state, where the engine remembers what it made. Logins of a store are in its own environment variables. */
export const state = z.union([
  z.strictObject({
    /** pg: a PostgreSQL database, in PG_CONN_STR. It locks by itself. */
    pg: z.strictObject({
      /** schema, one for each stack: this, an underscore and the stack's name. @default "slipway". @error state/schema-too-long */
      schema: schemaName.optional(),
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
      folder: folder.optional(),
      /** endpoint, the URL of a store that is not Amazon's. @default - Amazon's. @error state/plain-http */
      endpoint: link(["https", "http"], {
        code: "state/login",
        fix: "take it out of the URL, and set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
      }).optional(),
    }),
  }),
  z.strictObject({
    /** http: a server that keeps and locks a state at a URL, such as GitLab; its login is in TF_HTTP_USERNAME and TF_HTTP_PASSWORD. */
    http: z.strictObject({
      /** address; each stack's state is at <address>/<stack>. @error state/plain-http */
      address: link(["https", "http"], {
        code: "state/login",
        fix: "take it out of the URL, and set TF_HTTP_USERNAME and TF_HTTP_PASSWORD",
      }),
    }),
  }),
]);
