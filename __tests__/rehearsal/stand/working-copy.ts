import { cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { project } from "./standing";

const notCopied = new Set([".git", "node_modules", "build", "cdktf.out", "__tests__"]);

/** workingCopy of the project below a scratch folder, with a cluster.ts of its own: an operator's clone. */
export function workingCopy(scratch: string, cluster: string): string {
  const folder = join(scratch, "working copy");
  mkdirSync(folder);
  cpSync(project, folder, {
    recursive: true,
    filter: (path) => !notCopied.has(basename(path)) && !path.endsWith(".tfstate"),
  });
  symlinkSync(join(project, "node_modules"), join(folder, "node_modules"));
  writeFileSync(join(folder, "cluster.ts"), cluster);
  return folder;
}
