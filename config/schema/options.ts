import { z } from "zod";
import { link } from "./links";
import { registries } from "./registries";

/** rke2Options that a whole cluster has alike. */
export const rke2Options = {
  /** profile "cis": hardened by the CIS benchmark; pods have to be `restricted` outside the platform's namespaces. @default - none. @change new nodes only. @error rke2/closed-namespace */
  profile: z.literal("cis").optional(),
  /** audit: who did what (`metadata`), or also with which content (`request`), is written on each server. @default - "metadata" with profile "cis", else none. @change new nodes only. @error rke2/nothing-audited */
  audit: z.enum(["metadata", "request"]).optional(),
  /** registries that images are fetched from. @default - each image's own. @change new nodes only */
  registries: registries.optional(),
  /** embeddedRegistry: nodes give each other the images of mirrored registries. @default false. @change new nodes only. @error rke2/nothing-mirrored */
  embeddedRegistry: z.boolean().optional(),
  /** systemDefaultRegistry that RKE2's own images are fetched from. @default - docker.io. @change new nodes only. @error rke2/not-a-registry */
  systemDefaultRegistry: z.string().optional(),
  /** artifacts: a folder with each release's files, as GitHub's, for machines without the internet. @default - GitHub. @change new nodes only. @error rke2/artifacts-unverified, rke2/images-unverified, upgrades/images-out-of-reach */
  artifacts: z
    .strictObject({
      /** from, its URL: https, http, or file for a folder of the template. Files are at <from>/<version>/. @error rke2/artifacts-login */
      from: link(["https", "http", "file"], {
        code: "rke2/artifacts-login",
        fix: "take it out of the URL, and let that server answer machines without one",
      }),
      /** images: the release's archives of images are fetched from there too. @default true */
      images: z.boolean().optional(),
    })
    .optional(),
};
