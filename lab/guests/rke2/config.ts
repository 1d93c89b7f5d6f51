import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { z } from "zod";
import { keysOf, type Role } from "./keys";

/** Rke2Config is what config.yaml and config.yaml.d say together. */
export interface Rke2Config {
  text(key: string): string | undefined;
  list(key: string): readonly string[];
  /** all values of a key that RKE2 does not split at commas. */
  all(key: string): readonly string[];
  /** secret reads key, or the file that key-file names; white space around it does not count. */
  secret(key: "token" | "agent-token"): string | undefined;
}

const folder = "etc/rancher/rke2";
const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const schema = z.record(z.string(), z.union([scalar, z.array(scalar)]).nullable()).nullable();

/**
 * readConfig reads config.yaml, then config.yaml.d in order of name: the last value of a key wins, `key+` appends.
 * @see https://docs.rke2.io/install/configuration
 */
export function readConfig(root: string, role: Role): Rke2Config {
  const values = new Map<string, readonly string[]>();
  const legal = keysOf(role);
  for (const path of files(root)) {
    for (const [written, value] of Object.entries(readFile(root, path))) {
      const key = written.replace(/\+$/, "");
      if (!legal.has(key))
        throw new Error(`flag provided but not defined: -${key} (in /${path}, role ${role})`);
      const list = value === null ? [] : Array.isArray(value) ? value : [value];
      values.set(key, written.endsWith("+") ? [...(values.get(key) ?? []), ...list] : list);
    }
  }
  return {
    text: (key) => values.get(key)?.at(-1),
    all: (key) => values.get(key) ?? [],
    list: (key) => (values.get(key) ?? []).flatMap((value) => value.split(",")),
    secret(key) {
      const direct = values.get(key)?.at(-1);
      const file = values.get(`${key}-file`)?.at(-1);
      if (file === undefined) return direct?.trim();
      if (!existsSync(join(root, file))) throw new Error(`open ${file}: no such file or directory`);
      return readFileSync(join(root, file), "utf8").trim();
    },
  };
}

function files(root: string): string[] {
  const dropIns = join(root, folder, "config.yaml.d");
  const names = existsSync(dropIns) ? readdirSync(dropIns).filter((name) => /\.ya?ml$/.test(name)) : [];
  const main = existsSync(join(root, folder, "config.yaml")) ? [`${folder}/config.yaml`] : [];
  return [...main, ...names.sort().map((name) => `${folder}/config.yaml.d/${name}`)];
}

function readFile(root: string, path: string): NonNullable<z.output<typeof schema>> {
  const document = parseDocument(readFileSync(join(root, path), "utf8"));
  const [problem] = document.errors;
  const parsed = schema.safeParse(document.toJS());
  if (problem !== undefined || !parsed.success) {
    throw new Error(
      `failed to load configuration /${path}: ${problem?.message ?? "it is no list of keys and values"}`,
    );
  }
  return parsed.data ?? {};
}
