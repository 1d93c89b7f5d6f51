import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Reply } from "./bus";

/** firstSystemId, what this machine's first own system user gets. */
const firstSystemId = 990;

/** isKnown: name stands in /etc/passwd or /etc/group of this machine. */
export function isKnown(root: string, database: "passwd" | "group", name: string): boolean {
  return read(root, database).some((line) => line.startsWith(`${name}:`));
}

/** addUser as useradd does, as far as system users need it. */
export function addUser(root: string, args: readonly string[]): Reply {
  const name = args.at(-1) ?? "";
  if (!/^[a-z_][a-z0-9_-]*$/.test(name)) return { code: 3, text: `useradd: invalid user name '${name}'` };
  if (isKnown(root, "passwd", name)) return { code: 9, text: `useradd: user '${name}' already exists` };
  const id = firstSystemId - read(root, "passwd").length;
  const value = (option: string): string => args[args.indexOf(option) + 1] ?? "";
  const shell = args.includes("--shell") ? value("--shell") : "/bin/sh";
  mkdirSync(join(root, "etc"), { recursive: true });
  append(root, "passwd", `${name}:x:${id}:${id}:${value("--comment")}:/home/${name}:${shell}`);
  if (args.includes("--user-group")) append(root, "group", `${name}:x:${id}:`);
  return { code: 0 };
}

function read(root: string, database: string): string[] {
  const path = join(root, "etc", database);
  return existsSync(path) ? readFileSync(path, "utf8").split("\n").slice(0, -1) : [];
}

function append(root: string, database: string, line: string): void {
  appendFileSync(join(root, "etc", database), `${line}\n`);
}
