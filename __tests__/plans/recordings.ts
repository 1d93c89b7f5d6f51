import { readdirSync } from "node:fs";
import { join } from "node:path";

/** Recording is how one kind of plan comes about, where `base` runs. */
export interface Recording {
  readonly kind: string;
  /** cluster, the file in clusters/ that is planned. */
  readonly cluster: string;
  /** besides the file, what is done to one stack. */
  readonly besides?: Besides;
}

export type Besides =
  /** replace what somebody asks to be made again. */
  | { readonly stack: string; readonly replace: RegExp }
  /** forget what somebody took out of the state. */
  | { readonly stack: string; readonly forget: RegExp }
  /** remember another state, as an import of machines made by hand leaves it. */
  | { readonly stack: string; readonly remember: (state: string) => string };

/** recordings: one for each file in clusters/, and what no edit of a file leads to. */
export const recordings: readonly Recording[] = [
  ...readdirSync(join(__dirname, "clusters"))
    .map((file) => file.replace(/\.ts$/, ""))
    .filter((cluster) => cluster !== "base")
    .map((cluster) => ({ kind: cluster, cluster })),
  {
    kind: "authority-replaced",
    cluster: "unprotected",
    besides: { stack: "home-identity", replace: /^tls_private_key\.server-ca_/ },
  },
  {
    kind: "authority-forgotten",
    cluster: "base",
    besides: { stack: "home-identity", forget: /^tls_\w+\.etcd-peer-ca/ },
  },
  {
    kind: "token-replaced",
    cluster: "unprotected",
    besides: { stack: "home-identity", replace: /^random_password\.server-token$/ },
  },
  {
    kind: "node-password-replaced",
    cluster: "base",
    besides: { stack: "home-machines", replace: /^random_password\.worker-1_secrets_node-password/ },
  },
  {
    kind: "server-replaced",
    cluster: "unprotected",
    besides: { stack: "home-machines", replace: /^proxmox_virtual_environment_vm\.server-1$/ },
  },
  {
    kind: "template-under-linked-clones",
    cluster: "template-changed",
    besides: {
      stack: "home-machines",
      remember: (state) => state.replaceAll('"full": true', '"full": false'),
    },
  },
];
