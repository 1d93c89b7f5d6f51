import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Block of a page, by what follows its fence: `sh` is run, `sh live` needs a live cluster and is read only, `diff` is an
 * edit of cluster.ts, `text` is what the commands before it print.
 */
export interface Block {
  readonly kind: "sh" | "live" | "diff" | "text" | "other";
  readonly text: string;
  /** line of the page that it begins at. */
  readonly line: number;
  /** under which heading it stands. */
  readonly under: string;
}

const folder = join(__dirname, "../../../docs/how-to");

/** readPage of docs/how-to, its fenced blocks from top to bottom. */
export function readPage(name: string): Block[] {
  const page = readFileSync(join(folder, name), "utf8");
  return [...page.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)].map(({ 1: info = "", 2: text = "", index }) => ({
    kind: kinds[info.trim()] ?? "other",
    text,
    line: page.slice(0, index).split("\n").length,
    under:
      page
        .slice(0, index)
        .match(/^## .*$/gm)
        ?.at(-1)
        ?.slice(3) ?? "",
  }));
}

/** commandsOf a page under the heading that begins so. */
export function commandsOf(name: string, heading: string): string[] {
  const blocks = readPage(name).filter(({ kind, under }) => kind === "sh" && under.startsWith(heading));
  if (blocks.length === 0) throw new Error(`${name} has no commands under "${heading}"`);
  return blocks.map(({ text }) => text);
}

const kinds: Readonly<Record<string, Block["kind"]>> = {
  sh: "sh",
  "sh live": "live",
  diff: "diff",
  text: "text",
};
