import { z } from "zod";
import { folder } from "./links";
import { literal } from "./literals";
import { pemCertificate } from "./pem";
import { schedule } from "./schedule";
import { secretText } from "./services";

/** endpoint of a store, as RKE2 takes it: a host, and a port where it is not the usual one. */
const endpoint = literal(
  (text) => (/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/.test(text) ? text : undefined),
  (text) => ({
    code: "rke2/not-an-endpoint",
    why: "it is a host, and a port where it is not 443: RKE2 speaks HTTPS to it",
    fix:
      URL.canParse(text) && new URL(text).host !== ""
        ? `write "${new URL(text).host}"`
        : 'write it like "s3.test.com:9000"',
  }),
).meta({ description: "a host, and a port where it is not 443", problems: ["rke2/not-an-endpoint"] });

const s3 = z.strictObject({
  /** endpoint, host and port of the store. @default "s3.amazonaws.com". @error rke2/not-an-endpoint */
  endpoint: endpoint.optional(),
  /** bucket that exists. */
  bucket: z.string().min(1),
  /** folder in it, of this cluster alone. @default - the cluster's name. @error rke2/snapshots-share-folder */
  folder: folder.optional(),
  /** region of the bucket. @default "us-east-1" */
  region: z.string().optional(),
  /** accessKey, in a Terraform variable. @change new nodes only. @error rke2/one-variable-for-both-keys */
  accessKey: secretText,
  /** secretKey, in a Terraform variable. @change new nodes only. @error rke2/one-variable-for-both-keys */
  secretKey: secretText,
  /** ca, the PEM certificate that signed the endpoint's. @default - the machine's own authorities. @error rke2/not-a-certificate */
  ca: pemCertificate.optional(),
});

/** etcd of the servers. */
export const etcd = z.strictObject({
  /** snapshots of etcd; false = none are taken. @change new nodes only. @error rke2/no-snapshots */
  snapshots: z.union([
    z.literal(false),
    z.strictObject({
      /** schedule as cron has it, in the machine's time zone. @default "0 0,12 * * *". @error units/schedule */
      schedule: schedule.optional(),
      /** retention, how many are kept of each server. @default 5. @unit snapshots */
      retention: z.int().min(1).optional(),
      /** compress each. @default false */
      compress: z.boolean().optional(),
      /** s3, a store where each is kept too. @default - on the server's own disk alone */
      s3: s3.optional(),
    }),
  ]),
});
