import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface UnitFile {
  readonly execStartPre: readonly ExecLine[];
  readonly execStart: readonly ExecLine[];
  readonly environment: Readonly<Record<string, string>>;
  readonly environmentFiles: readonly { readonly path: string; readonly optional: boolean }[];
  readonly restart: string;
  readonly type: string;
}

export interface ExecLine {
  readonly command: string;
  /** ignoreFailure, the `-` prefix. */
  readonly ignoreFailure: boolean;
}

/** unitFolders, in systemd's order of precedence. */
const unitFolders = [
  "/etc/systemd/system",
  "/run/systemd/system",
  "/usr/local/lib/systemd/system",
  "/usr/lib/systemd/system",
];

/** readUnit reads a unit and its drop-ins as systemd.unit(5) says; undefined = there is no such unit. */
export function readUnit(root: string, name: string): UnitFile | undefined {
  const file = unitFolders.map((folder) => join(root, folder, name)).find((path) => existsSync(path));
  if (file === undefined) return undefined;
  const settings = new Map<string, string[]>();
  for (const path of [file, ...dropIns(root, name)]) collect(readFileSync(path, "utf8"), settings);
  const list = (key: string): string[] => settings.get(key) ?? [];
  return {
    execStartPre: list("ExecStartPre").map(execLine),
    execStart: list("ExecStart").map(execLine),
    environment: Object.fromEntries(list("Environment").map(assignment)),
    environmentFiles: list("EnvironmentFile").map((path) => ({
      path: path.replace(/^-/, "").replaceAll("%N", name.replace(/\.service$/, "")),
      optional: path.startsWith("-"),
    })),
    restart: list("Restart").at(-1) ?? "no",
    type: list("Type").at(-1) ?? "simple",
  };
}

/** readEnvironmentFile reads NAME=value lines as systemd.exec(5) says. */
export function readEnvironmentFile(text: string): Record<string, string> {
  const lines = text.split("\n").filter((line) => line.includes("=") && !/^\s*[#;]/.test(line));
  return Object.fromEntries(lines.map(assignment));
}

function dropIns(root: string, name: string): string[] {
  const found = new Map<string, string>();
  for (const folder of [...unitFolders].reverse()) {
    const path = join(root, folder, `${name}.d`);
    if (!existsSync(path)) continue;
    for (const file of readdirSync(path)) if (file.endsWith(".conf")) found.set(file, join(path, file));
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, path]) => path);
}

function collect(text: string, settings: Map<string, string[]>): void {
  for (const raw of text.replaceAll("\\\n", " ").split("\n")) {
    const line = raw.trim();
    const separator = line.indexOf("=");
    if (line === "" || line.startsWith("#") || line.startsWith(";") || line.startsWith("[")) continue;
    if (separator < 1) throw new Error(`systemd: ${JSON.stringify(line)} is no assignment`);
    const key = line.slice(0, separator).trim();
    const value = line.slice(separator + 1).trim();
    if (value === "") settings.delete(key);
    else settings.set(key, [...(settings.get(key) ?? []), value]);
  }
}

function execLine(value: string): ExecLine {
  const [, prefix = "", command = ""] = /^([-+!@:]*)(.*)$/.exec(value) ?? [];
  return { command, ignoreFailure: prefix.includes("-") };
}

function assignment(line: string): [string, string] {
  const bare = line.trim().replace(/^"(.*)"$/, "$1");
  const separator = bare.indexOf("=");
  return [bare.slice(0, separator), bare.slice(separator + 1).replace(/^(["'])(.*)\1$/, "$2")];
}
