import { type SecretName, secretSlot } from "./secrets";
import { yamlText } from "./yaml";

export interface TextFile {
  readonly path: string;
  readonly permissions: "0600" | "0644" | "0755";
  readonly content: string;
}

/** SecretFile is readable by root alone. */
export interface SecretFile {
  readonly path: string;
  readonly secret: SecretName;
}

/** Step is one subject of a machine's first boot; a document runs the steps' parts in cloud-init's order. */
export interface Step {
  /** privateDirectories, 0700, made before any file is written. */
  readonly privateDirectories?: readonly string[];
  readonly files?: readonly (TextFile | SecretFile)[];
  readonly packages?: readonly string[];
  /** aptProxy that packages are fetched through. */
  readonly aptProxy?: string;
  /** commands as lists of words, run in order once the packages are there. */
  readonly commands?: readonly (readonly string[])[];
}

/** machineDocument is the user-data of a node: what each step wants, merged, as cloud-config. */
export function machineDocument(hostname: string, steps: readonly Step[]): string {
  const privateDirectories = new Set(steps.flatMap((step) => step.privateDirectories ?? []));
  const [aptProxy] = steps.flatMap((step) => step.aptProxy ?? []);
  return cloudConfig({
    hostname,
    manage_etc_hosts: true,
    bootcmd: [["install", "--directory", "--mode=0700", ...privateDirectories]],
    write_files: steps.flatMap((step) => step.files ?? []).map(writtenFile),
    ...(aptProxy === undefined ? {} : { apt: { http_proxy: aptProxy, https_proxy: aptProxy } }),
    package_update: true,
    packages: steps.flatMap((step) => step.packages ?? []),
    runcmd: steps.flatMap((step) => step.commands ?? []),
  });
}

/** cloudConfig prints user-data and refuses what Proxmox would cut off. */
export function cloudConfig(value: object): string {
  const text = `#cloud-config\n${yamlText(value)}`;
  const bytes = Buffer.byteLength(text);
  if (bytes > largestDocument) throw new Error(`user-data of ${bytes} bytes; at most ${largestDocument} fit`);
  return text;
}

/**
 * largestDocument in bytes, slots not yet filled (all secrets of a server are about 20 kB). Proxmox reads a
 * snippet up to 1 MiB: qemu-server, PVE/QemuServer/Cloudinit.pm, read_cloudinit_snippets_file.
 */
const largestDocument = 960 * 1024;

function writtenFile(file: TextFile | SecretFile): object {
  if ("secret" in file) {
    return { path: file.path, permissions: "0600", encoding: "b64", content: secretSlot(file.secret) };
  }
  return { path: file.path, permissions: file.permissions, content: file.content };
}
