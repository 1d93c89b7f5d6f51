import { z } from "zod";
import { address, literal } from "./literals";
import { reference } from "./references";
import { variable } from "./services";

/** hostName, exact or with one wildcard label in front. */
export const hostName = literal(
  (text) => (isHostName(text) ? text : undefined),
  () => ({
    code: "names/not-a-host",
    why: "a host is a DNS name in lower case; a wildcard is one whole label in front of it",
    fix: 'write it as "main.test.com" or "*.test.com"',
  }),
).meta({
  description: "a DNS name in lower case, whose first label may be `*`",
  problems: ["names/not-a-host"],
});

const names = z.array(hostName).min(1).optional();

/** nameInProxy as its page shows it; what could end a text or begin an expression is refused. */
const nameInProxy = literal(
  (text) => (/^[\w .,:*@()+=/-]{1,255}$/.test(text) ? text : undefined),
  () => ({
    code: "names/not-in-proxy",
    why: "it is looked for in the proxy by exactly this text, of letters, digits, spaces and . , : * @ ( ) + = / - _",
    fix: "write the number that its page in the proxy shows",
  }),
).meta({
  description: "the name that the proxy shows, at most 255 characters",
  problems: ["names/not-in-proxy"],
});

export const certificate = z.union([
  z.strictObject({
    /**
     * fromVariable `x`: the PEM chain is in the variable x_certificate, its key in x_key.
     * @change in place, once revision is larger
     */
    fromVariable: variable,
    /** revision: a larger one writes the variables' present values. @default 1. @unit number that only grows. @change in place */
    revision: z.int().min(1).optional(),
    /** names that it is for. @default - the entry's name and one label below it */
    names,
  }),
  z.strictObject({
    /** issuer of this file that signs and renews it. @error certificates/wildcard-by-http */
    issuer: reference<"issuer">(),
    /** names that it is for. @default - the entry's name */
    names,
  }),
  z.strictObject({
    /** inProxy: the number or name under which the edge proxy has it already. @unit number in the proxy */
    inProxy: z.union([nameInProxy, z.int().positive()]),
    /** names that it is for. @default - the entry's name and one label below it */
    names,
  }),
]);

const dns01 = {
  /** zones that this account is for. @default - every zone */
  zones: z.array(hostName).optional(),
};

const acmeFields = {
  /** email that the authority writes to before a certificate ends. */
  email: z.email(),
  /** server: the URL of an ACME directory, or one of Let's Encrypt's two. @default "production" */
  server: z.union([z.enum(["production", "staging"]), z.url({ protocol: /^https$/ })]).optional(),
};

export const issuer = z.union([
  z.strictObject({
    /** selfSigned: an authority of the cluster's own, which visitors' machines have to be told to trust. */
    selfSigned: z.union([
      z.literal(true),
      z.strictObject({
        /** commonName of that authority; with true it is the cluster's and the issuer's name. @change makes a new authority */
        commonName: z.string(),
      }),
    ]),
  }),
  z.strictObject({
    /** acme: an authority such as Let's Encrypt that checks who owns a name. */
    acme: z.union([
      z.strictObject({
        ...acmeFields,
        /**
         * http01 proves a name by an answer on port 80, through the edge and the ingress. Not for wildcards.
         * @error certificates/http01-on-istio
         */
        http01: z.literal(true),
      }),
      z.strictObject({
        ...acmeFields,
        /** dns01 proves a name by a record in its zone. */
        dns01: z.union([
          z.strictObject({
            /** cloudflare keeps the zone. */
            cloudflare: z.strictObject({
              /** secret of this file with an API token. */
              secret: reference<"secret">(),
              /** key in it. @default "api-token" */
              key: z.string().optional(),
            }),
            ...dns01,
          }),
          z.strictObject({
            /** rfc2136: a nameserver that takes dynamic updates keeps the zone. */
            rfc2136: z.strictObject({
              /** nameserver that takes the updates. */
              nameserver: address,
              /** tsigKeyName that signs them. */
              tsigKeyName: z.string(),
              /** tsigAlgorithm of the key. @default "HMACSHA256" */
              tsigAlgorithm: z.enum(["HMACSHA256", "HMACSHA512"]).optional(),
              /** secret of this file with the key. */
              secret: reference<"secret">(),
              /** key in it. @default "tsig-secret-key" */
              key: z.string().optional(),
            }),
            ...dns01,
          }),
        ]),
      }),
    ]),
  }),
]);

export type CertificateInput = z.output<typeof certificate>;
export type IssuerInput = z.output<typeof issuer>;

export function isHostName(text: string): boolean {
  return /^(\*\.)?(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/.test(
    text,
  );
}
