import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { checkCertificate, readObject } from "./files";

const path = "/etc/rancher/rke2/registries.yaml";

/** registries.yaml (k3s: pkg/agent/containerd, rancher/wharfie: pkg/registries); the lab takes no key that they skip. */
const schema = z.strictObject({
  mirrors: z
    .record(
      z.string(),
      z
        .strictObject({
          endpoint: z.array(z.url({ protocol: /^https?$/ })).optional(),
          rewrite: z.record(z.string(), z.string()).optional(),
        })
        .nullable(),
    )
    .nullish(),
  configs: z
    .record(
      z.string(),
      z
        .strictObject({
          auth: z
            .strictObject({
              username: z.string().optional(),
              password: z.string().optional(),
              auth: z.string().optional(),
              identity_token: z.string().optional(),
            })
            .optional(),
          tls: z
            .strictObject({
              ca_file: z.string().optional(),
              cert_file: z.string().optional(),
              key_file: z.string().optional(),
              insecure_skip_verify: z.boolean().optional(),
            })
            .optional(),
        })
        .nullable(),
    )
    .nullish(),
});

/** Registries that a machine fetches images from. */
export type Registries = z.output<typeof schema>;

/** readRegistries as RKE2 does when it starts; absent = each image's own. A file that is named has to be there. */
export function readRegistries(root: string): Registries {
  if (!existsSync(join(root, path))) return {};
  const parsed = schema.safeParse(readObject(root, path));
  if (!parsed.success) throw new Error(`${path}: ${z.prettifyError(parsed.error)}`);
  for (const config of Object.values(parsed.data.configs ?? {})) {
    const { ca_file: ca, cert_file: certificate, key_file: key } = config?.tls ?? {};
    for (const file of [ca, certificate]) if (file !== undefined) checkCertificate(root, file);
    if (key !== undefined && !existsSync(join(root, key)))
      throw new Error(`open ${key}: no such file or directory`);
  }
  for (const mirror of Object.values(parsed.data.mirrors ?? {}))
    for (const pattern of Object.keys(mirror?.rewrite ?? {})) new RegExp(pattern);
  return parsed.data;
}
