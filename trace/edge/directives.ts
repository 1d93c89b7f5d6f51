/** Directives of nginx at one level of a text, and the blocks that stand among them. */
export interface Directives {
  readonly own: readonly (readonly string[])[];
  readonly blocks: readonly { readonly head: readonly string[]; readonly body: string }[];
}

/** directivesOf a text, words apart and without comments. */
export function directivesOf(config: string): Directives {
  const text = config.replace(/(^|\s)#.*$/gm, "$1");
  const own: string[][] = [];
  const blocks: { head: string[]; body: string }[] = [];
  let begin = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === ";") own.push(words(text.slice(begin, at)));
    else if (text[at] === "{") {
      const end = closing(text, at);
      blocks.push({ head: words(text.slice(begin, at)), body: text.slice(at + 1, end) });
      at = end;
    } else continue;
    begin = at + 1;
  }
  return { own, blocks };
}

/** closing brace of the one that opens there; the text's end where none does. */
function closing(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === "{") depth += 1;
    if (text[at] === "}") depth -= 1;
    if (depth === 0) return at;
  }
  return text.length;
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}
