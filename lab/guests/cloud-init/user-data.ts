import { z } from "zod";
import { readYaml } from "./yaml";

export type Command = string | readonly string[];

const command = z.union([z.string(), z.array(z.union([z.string(), z.number()]).transform(String)).min(1)]);

const writeFile = z.looseObject({
  path: z.string().startsWith("/"),
  content: z.union([z.string(), z.number()]).transform(String).default(""),
  encoding: z
    .enum(["b64", "base64", "gz", "gzip", "gz+b64", "gz+base64", "gzip+b64", "gzip+base64", "text/plain"])
    .default("text/plain"),
  /** permissions as a string is read as octal; an unquoted number is taken as it is, as cloud-init does. */
  permissions: z.union([z.string().regex(/^0?o?[0-7]{3,4}$/), z.int().min(0).max(0o7777)]).default("0644"),
  owner: z
    .string()
    .regex(/^[a-z_][a-z0-9_-]*(:[a-z_][a-z0-9_-]*)?$/)
    .default("root:root"),
  append: z.boolean().default(false),
  defer: z.boolean().default(false),
});

const autoinstall = z.looseObject({
  version: z.literal(1),
  packages: z.array(z.string()).default([]),
  storage: z.looseObject({}).optional(),
  identity: z.looseObject({ hostname: z.string(), username: z.string(), password: z.string() }).optional(),
  "user-data": z.looseObject({}).optional(),
  "early-commands": z.array(command).default([]),
  "late-commands": z.array(command).default([]),
  shutdown: z.enum(["reboot", "poweroff"]).default("reboot"),
});

const document = z.looseObject({
  hostname: z.string().optional(),
  fqdn: z.string().optional(),
  bootcmd: z.array(command).default([]),
  runcmd: z.array(command).default([]),
  write_files: z.array(writeFile).default([]),
  packages: z.array(z.union([z.string(), z.tuple([z.string(), z.string()])])).default([]),
  apt: z.looseObject({ http_proxy: z.url().optional(), https_proxy: z.url().optional() }).optional(),
  power_state: z.looseObject({ mode: z.enum(["poweroff", "halt", "reboot"]) }).optional(),
  autoinstall: autoinstall.optional(),
});

export type UserData = z.output<typeof document>;
export type WriteFile = z.output<typeof writeFile>;
export type Autoinstall = z.output<typeof autoinstall>;

/** readUserData reads a `#cloud-config` document; what a real machine would choke on is an error. */
export function readUserData(text: string): UserData {
  const [first = ""] = text.split("\n");
  if (first.trimEnd() !== "#cloud-config") {
    throw new Error(
      `user-data: unhandled, its first line is not "#cloud-config" but ${JSON.stringify(first.slice(0, 40))}`,
    );
  }
  const parsed = document.safeParse(readYaml(text));
  if (!parsed.success) throw new Error(`user-data: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
