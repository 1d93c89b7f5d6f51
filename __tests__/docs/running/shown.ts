import { wordsOf } from "../../rehearsal/stand/words";

/** missingFrom what was printed: lines that a page shows, in their order; `…` stands for anything. */
export function missingFrom(printed: string, shown: string): string[] {
  let rest = wordsOf(printed);
  return shown.split("\n").filter((line) => {
    if (line.trim() === "") return false;
    const parts = line
      .trim()
      .split("…")
      .map((part) => part.trim().replace(/\s+/g, " "));
    const pattern = new RegExp(parts.map(escaped).join(".*?"));
    const found = pattern.exec(rest);
    if (found === null) return true;
    rest = rest.slice(found.index + found[0].length);
    return false;
  });
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
