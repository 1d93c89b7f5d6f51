/** Comment on a field of the schema, read: what it means, and what its tags say. */
export interface Comment {
  readonly meaning: string;
  readonly default?: string;
  readonly unit?: string;
  readonly change?: string;
  readonly problems: readonly string[];
}

const tags = ["default", "unit", "change", "error"] as const;

/** commentOf the text of a doc comment; an unknown tag and a tag that stands twice are mistakes of ours. */
export function commentOf(text: string): Comment {
  const [meaning = "", ...tagged] = bare(text).split(/(?:^| )@(?=[a-z]+ )/);
  const said = new Map<string, string>();
  for (const part of tagged) {
    const [, tag = "", words = ""] = /^(\w+) (.*)$/.exec(part) ?? [];
    if (!tags.some((known) => known === tag)) throw new Error(`@${tag} is no tag of the schema: ${text}`);
    if (said.has(tag)) throw new Error(`@${tag} stands twice: ${text}`);
    said.set(tag, words.replace(/\.$/, ""));
  }
  const { default: byDefault, unit, change, error = "" } = Object.fromEntries(said);
  return {
    meaning: meaning.trim(),
    ...(byDefault === undefined ? {} : { default: byDefault }),
    ...(unit === undefined ? {} : { unit }),
    ...(change === undefined ? {} : { change }),
    problems: error.split(", ").filter((code) => code !== ""),
  };
}

function bare(comment: string): string {
  return comment
    .replace(/^\/\*\*|\*\/$/g, "")
    .split("\n")
    .map((line) => line.replace(/^\s*\* ?/, "").trim())
    .join(" ")
    .trim();
}
