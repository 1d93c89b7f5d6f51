/** Node of nginx's configuration as its reader sees it: a directive, perhaps with a block, or a comment. */
export type Node =
  { readonly words: readonly string[]; readonly block?: readonly Node[] } | { readonly comment: string };

/** read a configuration as ngx_conf_read_token does: words, `;`, `{`, `}`, quotes at a word's start, `#` likewise. */
export function read(text: string): readonly Node[] {
  const { nodes, rest } = nodesOf(text, 0);
  if (rest < text.length) throw new Error(`unexpected "}" before ${JSON.stringify(text.slice(rest + 1))}`);
  return nodes;
}

function nodesOf(text: string, start: number): { readonly nodes: readonly Node[]; readonly rest: number } {
  const nodes: Node[] = [];
  let words: string[] = [];
  let at = start;
  while (at < text.length) {
    const character = text.charAt(at);
    if (/[ \t\r\n]/.test(character)) at += 1;
    else if (character === "#") {
      const end = endOf(text.indexOf("\n", at), text);
      nodes.push({ comment: text.slice(at, end) });
      at = end;
    } else if (character === ";") {
      if (words.length === 0) throw new Error(`unexpected ";" at ${at}`);
      nodes.push({ words });
      words = [];
      at += 1;
    } else if (character === "{") {
      const { nodes: block, rest } = nodesOf(text, at + 1);
      if (text.charAt(rest) !== "}") throw new Error("a block does not end");
      if (words.length === 0) throw new Error(`unexpected "{" at ${at}`);
      nodes.push({ words, block });
      words = [];
      at = rest + 1;
    } else if (character === "}") {
      if (words.length > 0) throw new Error(`${words.join(" ")} is not ended by ";"`);
      return { nodes, rest: at };
    } else {
      const { word, rest } = /["']/.test(character) ? quoted(text, at) : bare(text, at);
      words.push(word);
      at = rest;
    }
  }
  if (words.length > 0) throw new Error(`${words.join(" ")} is not ended`);
  return { nodes, rest: at };
}

interface Taken {
  readonly word: string;
  readonly rest: number;
}

function quoted(text: string, start: number): Taken {
  const quote = text.charAt(start);
  let word = "";
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === quote) {
      if (!/[ \t\r\n;{)]/.test(text.charAt(at + 1))) throw new Error(`unexpected text after ${quote}`);
      return { word, rest: at + 1 };
    }
    if (character === "\\") at += 1;
    word += text.charAt(at);
  }
  throw new Error(`a ${quote} is not closed`);
}

/** bare words keep their backslashes; `${` does not begin a block. */
function bare(text: string, start: number): Taken {
  let at = start;
  while (at < text.length && !/[ \t\r\n;{]/.test(text.charAt(at))) {
    at += text.charAt(at) === "\\" || text.startsWith("${", at) ? 2 : 1;
  }
  return { word: text.slice(start, at), rest: Math.min(at, text.length) };
}

function endOf(found: number, text: string): number {
  return found === -1 ? text.length : found;
}
