import { z } from "zod";
import { literal } from "./literals";
import { variable } from "./services";

/** fromVariable: the secret is in that Terraform variable, which reads TF_VAR_<name>. */
const secretText = z.strictObject({ fromVariable: variable });

/** flags of one program without their dashes; a list gives one several times. */
const flags = z.record(z.string(), z.union([z.string(), z.array(z.string()).min(1)]));

const nodeArguments = {
  /** kubelet's flags. @default {}. @change new nodes only. @error rke2/argument-of-ours */
  kubelet: flags.optional(),
  /** kube-proxy's flags. @default {}. @change new nodes only. @error rke2/argument-of-ours, rke2/no-kube-proxy */
  "kube-proxy": flags.optional(),
};

/** workerArguments: the programs that run on every node. */
export const workerArguments = z.strictObject(nodeArguments);

/** serverArguments: those, and the control plane's. */
export const serverArguments = z.strictObject({
  ...nodeArguments,
  /** kube-apiserver's flags. @default {}. @change new nodes only. @error rke2/argument-of-ours */
  "kube-apiserver": flags.optional(),
  /** kube-controller-manager's flags. @default {}. @change new nodes only. @error rke2/argument-of-ours */
  "kube-controller-manager": flags.optional(),
  /** kube-scheduler's flags. @default {}. @change new nodes only. @error rke2/argument-of-ours */
  "kube-scheduler": flags.optional(),
  /** etcd's flags. @default {}. @change new nodes only. @error rke2/argument-of-ours */
  etcd: flags.optional(),
});

/** cron: five fields, as RKE2 takes them for snapshots. */
const cron = literal(
  (text) => (/^(@(hourly|daily|weekly|monthly)|(\S+ ){4}\S+)$/.test(text) ? text : undefined),
  () => ({
    code: "rke2/not-a-schedule",
    why: "a schedule is minute, hour, day, month and weekday with one space between",
    fix: 'write it like "0 */6 * * *"',
  }),
);

const s3 = z.strictObject({
  /** endpoint, host and port of the store. @default "s3.amazonaws.com" */
  endpoint: z.string().optional(),
  /** bucket that exists. */
  bucket: z.string().min(1),
  /** folder in it. @default - the cluster's name */
  folder: z.string().optional(),
  /** region of the bucket. @default "us-east-1" */
  region: z.string().optional(),
  /** accessKey, in a Terraform variable. @change new nodes only */
  accessKey: secretText,
  /** secretKey, in a Terraform variable. @change new nodes only */
  secretKey: secretText,
  /** ca, the PEM certificate that signed the endpoint's. @default - the machine's own authorities */
  ca: z.string().optional(),
});

/** etcd of the servers. */
export const etcd = z.strictObject({
  /** snapshots of etcd; false = none are taken. @default - every 12 hours, the last 5 kept. @change new nodes only */
  snapshots: z.union([
    z.literal(false),
    z.strictObject({
      /** schedule as cron has it, in the machine's time zone. @default "0 0,12 * * *". @error rke2/not-a-schedule */
      schedule: cron.optional(),
      /** retention, how many are kept of each server. @default 5 */
      retention: z.int().min(1).optional(),
      /** compress each. @default false */
      compress: z.boolean().optional(),
      /** s3, a store where each is kept too. @default - on the server's own disk alone */
      s3: s3.optional(),
    }),
  ]),
});

const registries = z.strictObject({
  /** mirrors: registry, or "*" for every one → where its images are fetched instead. @error rke2/not-a-registry */
  mirrors: z
    .record(
      z.string(),
      z.strictObject({
        /** endpoint URLs, asked in this order before the registry itself. @default [] */
        endpoint: z.array(z.url({ protocol: /^https?$/ })).optional(),
        /** rewrite: a pattern of an image's path → the path at the mirror. @default {} */
        rewrite: z.record(z.string(), z.string()).optional(),
      }),
    )
    .optional(),
  /** configs: host of a registry or mirror → how it is spoken to. @error rke2/not-a-registry */
  configs: z
    .record(
      z.string(),
      z.strictObject({
        /** auth, the login there. @default - none */
        auth: z.strictObject({ username: z.string().min(1), password: secretText }).optional(),
        /** tls of it. @default - the machine's own authorities */
        tls: z
          .strictObject({
            /** ca, the PEM certificate that signed the host's. @default - the machine's own authorities */
            ca: z.string().optional(),
            /** insecureSkipVerify: whoever answers is believed. @default false. @error rke2/registry-unverified */
            insecureSkipVerify: z.boolean().optional(),
          })
          .optional(),
      }),
    )
    .optional(),
});

/** rke2Options that a whole cluster has alike. */
export const rke2Options = {
  /** profile "cis": hardened by the CIS benchmark; pods have to be `restricted` outside the platform's namespaces. @default - none. @change new nodes only */
  profile: z.literal("cis").optional(),
  /** audit: who did what (`metadata`), or also with which content (`request`), is written on each server. @default - "metadata" with profile "cis", else none. @change new nodes only */
  audit: z.enum(["metadata", "request"]).optional(),
  /** registries that images are fetched from. @default - each image's own. @change new nodes only */
  registries: registries.optional(),
  /** embeddedRegistry: nodes give each other the images of mirrored registries. @default false. @change new nodes only. @error rke2/nothing-mirrored */
  embeddedRegistry: z.boolean().optional(),
  /** systemDefaultRegistry that RKE2's own images are fetched from. @default - docker.io. @change new nodes only. @error rke2/not-a-registry */
  systemDefaultRegistry: z.string().optional(),
  /** artifacts: a folder with each release's files, as GitHub's, for machines without the internet. @default - GitHub. @change new nodes only. @error rke2/artifacts-unverified */
  artifacts: z
    .strictObject({
      /** from, its URL: https, http, or file for a folder of the template. Files are at <from>/<version>/. */
      from: z.url({ protocol: /^(https?|file)$/ }),
      /** images: the release's archives of images are fetched from there too. @default true */
      images: z.boolean().optional(),
    })
    .optional(),
};

/** proxy that machines reach the outside through. */
export const proxy = z.strictObject({
  /** url of it, without a login. @error rke2/proxy-login */
  url: z.url({ protocol: /^http$/ }),
  /** except these hosts, domains with a leading dot and networks; the cluster's own are always excepted. @default [] */
  except: z.array(z.string()).optional(),
});
