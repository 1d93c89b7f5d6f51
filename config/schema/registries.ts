import { z } from "zod";
import { link } from "./links";
import { pemCertificate } from "./pem";
import { secretText } from "./services";

const mirror = z.strictObject({
  /** endpoint URLs, asked in this order before the registry itself. @default [] */
  endpoint: z
    .array(
      link(["https", "http"], {
        code: "rke2/registry-login",
        fix: "take it out of the URL, and write auth for that host in rke2.registries.configs",
      }),
    )
    .optional(),
  /** rewrite: a pattern of an image's path → the path at the mirror. @default {} */
  rewrite: z.record(z.string(), z.string()).optional(),
});

const config = z.strictObject({
  /** auth, the login there. @default - none. @error rke2/login-in-clear */
  auth: z
    .strictObject({
      /** username of it. */
      username: z.string().min(1),
      /** password of it, in a Terraform variable. */
      password: secretText,
    })
    .optional(),
  /** tls of it. @default - the machine's own authorities */
  tls: z
    .strictObject({
      /** ca, the PEM certificate that signed the host's. @default - the machine's own authorities. @error rke2/not-a-certificate, rke2/private-key */
      ca: pemCertificate.optional(),
      /** insecureSkipVerify: whoever answers is believed. @default false. @error rke2/registry-unverified */
      insecureSkipVerify: z.boolean().optional(),
    })
    .optional(),
});

export const registries = z.strictObject({
  /** mirrors: registry, or "*" for every one → where its images are fetched instead. @default {}. @error rke2/not-a-registry */
  mirrors: z.record(z.string(), mirror).optional(),
  /**
   * configs: host of a registry or mirror → how it is spoken to.
   * @default {}
   * @error rke2/not-a-registry, rke2/registry-unused
   */
  configs: z.record(z.string(), config).optional(),
});
