import { readFileSync } from "node:fs";
import { join } from "node:path";
import { project } from "./standing";

/** commandsOf a how-to page: the shell blocks under the heading that begins so, as they stand there. */
export function commandsOf(page: string, heading: string): string[] {
  const text = readFileSync(join(project, "docs/how-to", page), "utf8");
  const section = text.split(/^## /m).find((part) => part.startsWith(heading));
  const blocks = [...(section ?? "").matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block = ""]) => block);
  if (blocks.length === 0) throw new Error(`${page} has no commands under "${heading}"`);
  return blocks;
}
