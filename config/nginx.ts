/** Directive of nginx's language. */
export interface Directive {
  readonly words: readonly string[];
  /** depth in blocks, 0 outside of all. */
  readonly depth: number;
  /** block: it is followed by a brace and not by a semicolon. */
  readonly block: boolean;
}

/** NginxText is a text in nginx's language: its directives as far as it can be read, and what is wrong there. */
export interface NginxText {
  readonly directives: readonly Directive[];
  readonly broken?: string;
}

/** readNginx as nginx does. Source: nginx, src/core/ngx_conf_file.c, ngx_conf_read_token */
export function readNginx(text: string): NginxText {
  const directives: Directive[] = [];
  const broken = (why: string): NginxText => ({ directives, broken: why });
  let words: string[] = [];
  let depth = 0;
  for (const { kind, word } of tokensOf(text)) {
    if (kind === "unclosed") return broken(`the quote in ${word.slice(0, 20)} is never closed`);
    if (kind === "stuck") return broken(`after a closing quote comes ${word}, without a space`);
    if (kind === "word") {
      words.push(word);
    } else if (kind === "close") {
      if (words.length > 0) return broken(`a semicolon is missing after ${words.join(" ")}`);
      if (depth === 0) return broken("a brace is closed that was never opened");
      depth -= 1;
    } else {
      if (words.length === 0) return broken(`there is nothing before ${word}`);
      directives.push({ words, depth, block: kind === "open" });
      words = [];
      if (kind === "open") depth += 1;
    }
  }
  if (words.length > 0) return broken(`a semicolon is missing after ${words.join(" ")}`);
  return depth > 0 ? broken("a brace is opened and never closed") : { directives };
}

interface Token {
  readonly kind: "word" | "end" | "open" | "close" | "unclosed" | "stuck";
  readonly word: string;
}

/** token: a comment, a mark, a quoted word, or a word up to white space, a semicolon or a brace that is not of ${…}. */
const token =
  /#[^\n]*|(?<mark>[;{}])|(?<quoted>"(?:\\[^]|[^"\\])*"|'(?:\\[^]|[^'\\])*')(?<after>[^\s;{)]?)|(?<open>["'])[^]*|(?<word>(?:\\[^]|\$\{|[^\s;{\\])+|\\)/g;

const marks: Readonly<Record<string, Token["kind"]>> = { ";": "end", "{": "open", "}": "close" };

function tokensOf(text: string): Token[] {
  return [...text.matchAll(token)].flatMap((match): Token[] => {
    const { mark, quoted, after = "", open, word } = match.groups ?? {};
    if (mark !== undefined) return [{ kind: marks[mark] ?? "end", word: mark }];
    if (open !== undefined) return [{ kind: "unclosed", word: match[0] }];
    if (quoted !== undefined) {
      return [
        { kind: "word", word: quoted.slice(1, -1) },
        ...(after === "" ? [] : [{ kind: "stuck", word: after } as const]),
      ];
    }
    return word === undefined ? [] : [{ kind: "word", word }];
  });
}
