/** Directive of a configuration file, at its line. */
export interface Directive {
  readonly name: string;
  readonly args: readonly string[];
  readonly line: number;
  /** body of a block; undefined = the directive ends in a semicolon. */
  readonly body: readonly Directive[] | undefined;
}

/** SyntaxProblem in nginx's own words, at its line. */
export class SyntaxProblem extends Error {
  override readonly name = "SyntaxProblem";

  constructor(
    message: string,
    readonly line: number,
  ) {
    super(message);
  }
}

interface Token {
  readonly text: string;
  readonly isQuoted: boolean;
  readonly line: number;
}

/** parse a file into its directives. */
export function parse(text: string): readonly Directive[] {
  const tokens = tokensOf(text);
  let at = 0;
  const directives = parseBody(0);
  return directives;

  function parseBody(depth: number): Directive[] {
    const found: Directive[] = [];
    for (let token = tokens[at]; token !== undefined; token = tokens[at]) {
      at += 1;
      if (isSign(token, "}")) {
        if (depth === 0) throw new SyntaxProblem('unexpected "}"', token.line);
        return found;
      }
      if (isSign(token, ";") || isSign(token, "{")) {
        throw new SyntaxProblem(`unexpected "${token.text}"`, token.line);
      }
      found.push(parseDirective(token, depth));
    }
    if (depth > 0) throw new SyntaxProblem('unexpected end of file, expecting "}"', lastLine());
    return found;
  }

  function parseDirective(first: Token, depth: number): Directive {
    const args: string[] = [];
    for (let token = tokens[at]; token !== undefined; token = tokens[at]) {
      at += 1;
      if (isSign(token, "}")) throw new SyntaxProblem('unexpected "}"', token.line);
      const common = { name: first.text, args, line: token.line };
      if (isSign(token, ";")) return { ...common, body: undefined };
      if (isSign(token, "{")) return { ...common, body: parseBody(depth + 1) };
      args.push(token.text);
    }
    throw new SyntaxProblem('unexpected end of file, expecting ";" or "}"', lastLine());
  }

  function lastLine(): number {
    return text.split("\n").length;
  }
}

/** tokensOf a text: words, quoted words, and the signs `{`, `}` and `;`. */
function tokensOf(text: string): readonly Token[] {
  const pattern =
    /\s+|#[^\n]*|"(?:\\[^]|[^"\\])*"|'(?:\\[^]|[^'\\])*'|[{};]|(?:\\[^]|\$\{[^}]*\}|[^\s{};\\])+|["']/gy;
  const tokens: Token[] = [];
  let line = 1;
  for (const [found] of text.matchAll(pattern)) {
    if (/^["']$/.test(found)) {
      throw new SyntaxProblem('unexpected end of file, expecting ";" or "}"', text.split("\n").length);
    }
    const isQuoted = /^["']/.test(found);
    if (!/^[\s#]/.test(found)) tokens.push({ text: isQuoted ? found.slice(1, -1) : found, isQuoted, line });
    line += found.split("\n").length - 1;
  }
  return tokens;
}

function isSign(token: Token, sign: string): boolean {
  return !token.isQuoted && token.text === sign;
}
