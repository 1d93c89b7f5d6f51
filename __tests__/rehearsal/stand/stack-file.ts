import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

/** StackJson is a stack's JSON, as far as these tests edit it. */
export type StackJson = z.output<typeof schema>;

/** editStack changes one synthesized stack, as if the program had written it so. */
export async function editStack(
  scratch: string,
  stack: string,
  edit: (json: StackJson) => void,
): Promise<void> {
  const file = join(scratch, "cdktf.out", "stacks", stack, "cdk.tf.json");
  const json = schema.parse(JSON.parse(await readFile(file, "utf8")));
  edit(json);
  await writeFile(file, JSON.stringify(json, null, 2));
}

/** waitSeconds is how long every gate waits. */
export function waitSeconds({ resource }: StackJson, seconds: number): void {
  const provisioners = Object.values(resource.null_resource).flatMap(({ provisioner }) => provisioner);
  for (const {
    "local-exec": { environment },
  } of provisioners) {
    if ("WAIT_SECONDS" in environment) environment["WAIT_SECONDS"] = String(seconds);
  }
}

/** snippet of a node's machine. */
export function snippet(
  { resource }: StackJson,
  node: string,
  kind: "user-data" | "meta-data" | "network-config",
): { data: string; file_name: string } {
  const begin = `${node}_cloud-init_${kind}_`;
  const found = Object.entries(resource.proxmox_virtual_environment_file).find(([id]) =>
    id.startsWith(begin),
  );
  if (found === undefined) throw new Error(`no snippet ${begin}…`);
  return found[1].source_raw;
}

/** replaceOnce refuses a text that has not exactly one place to change. */
export function replaceOnce(text: string, from: string, to: string): string {
  const places = text.split(from).length - 1;
  if (places !== 1) throw new Error(`"${from}" stands there ${places} times`);
  return text.replace(from, () => to);
}

/** flipByte of a secret file in user-data, by wrapping the expression that it is made with. */
export function flipByte(userData: string, path: string, at: number): string {
  const entry = new RegExp(`(path: ${path}\\n[^$]*\\$\\{base64encode\\(sensitive\\()(.*)(\\)\\)\\})`);
  const [whole, before = "", secret = "", after = ""] = entry.exec(userData) ?? [];
  if (whole === undefined) throw new Error(`no secret file ${path}`);
  const other = `substr(${secret}, ${at}, 1) == "0" ? "1" : "0"`;
  const flipped = `format("%s%s%s", substr(${secret}, 0, ${at}), ${other}, substr(${secret}, ${at + 1}, -1))`;
  return replaceOnce(userData, whole, `${before}${flipped}${after}`);
}

const script = z.looseObject({
  "local-exec": z.looseObject({ environment: z.record(z.string(), z.string()) }),
});

const gate = z.looseObject({ provisioner: z.array(script) });

const file = z.looseObject({ source_raw: z.looseObject({ data: z.string(), file_name: z.string() }) });

const machine = z.looseObject({
  network_device: z.array(z.looseObject({ mac_address: z.string() })).default([]),
});

const schema = z.looseObject({
  resource: z.looseObject({
    null_resource: z.record(z.string(), gate),
    proxmox_virtual_environment_file: z.record(z.string(), file),
    proxmox_virtual_environment_vm: z.record(z.string(), machine),
  }),
});
