/** Directive of a configuration file, at the line where its words end. */
export interface Directive {
  readonly name: string;
  readonly args: readonly string[];
  readonly line: number;
  /** body of a block; undefined = the directive ends in a semicolon. */
  readonly body: readonly Directive[] | undefined;
}

/** Head of a directive: its words, read before what is in its block. */
export type Head = Omit<Directive, "body"> & { readonly isBlock: boolean };

/** Scope that directives stand in: each is entered as it is read, so that the first mistake of a file is the one told. */
export interface Scope {
  /** enter the next directive; the scope of its block. */
  enter(head: Head): Scope;
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
export function parse(text: string, root: Scope): readonly Directive[] {
  const tokens = tokensOf(text);
  const lastLine = text.split("\n").length;
  let at = 0;
  return parseBody(root, 0);

  function parseBody(scope: Scope, depth: number): Directive[] {
    const found: Directive[] = [];
    for (let token = next(); token !== undefined; token = next()) {
      if (isSign(token, "}") && depth > 0) return found;
      if (["{", "}", ";"].some((sign) => isSign(token, sign))) {
        throw new SyntaxProblem(`unexpected "${token.text}"`, token.line);
      }
      found.push(parseDirective(token, scope, depth));
    }
    if (depth > 0) throw new SyntaxProblem('unexpected end of file, expecting "}"', lastLine);
    return found;
  }

  function parseDirective(first: Token, scope: Scope, depth: number): Directive {
    const args: string[] = [];
    for (let token = next(); token !== undefined; token = next()) {
      if (isSign(token, "}")) throw new SyntaxProblem('unexpected "}"', token.line);
      const words = { name: first.text, args, line: token.line };
      if (isSign(token, ";")) {
        scope.enter({ ...words, isBlock: false });
        return { ...words, body: undefined };
      }
      if (isSign(token, "{")) {
        const inside = scope.enter({ ...words, isBlock: true });
        return { ...words, body: parseBody(inside, depth + 1) };
      }
      args.push(token.text);
    }
    throw new SyntaxProblem('unexpected end of file, expecting ";" or "}"', lastLine);
  }

  function next(): Token | undefined {
    const token = tokens[at];
    at += 1;
    if (token?.isQuoted === false && /^["']/.test(token.text)) {
      throw new SyntaxProblem('unexpected end of file, expecting ";" or "}"', lastLine);
    }
    return token;
  }
}

/** tokensOf a text: words, quoted words, the signs `{`, `}` and `;`, and a quote that is never closed. */
function tokensOf(text: string): readonly Token[] {
  const pattern =
    /\s+|#[^\n]*|"(?:\\[^]|[^"\\])*"|'(?:\\[^]|[^'\\])*'|[{};]|["']|(?:\\[^]|\$\{[^}]*\}|[^\s{};\\])+/gy;
  const tokens: Token[] = [];
  let line = 1;
  for (const [found] of text.matchAll(pattern)) {
    const isQuoted = /^(["'])[^]*\1$/.test(found) && found.length > 1;
    if (!/^[\s#]/.test(found)) tokens.push({ text: isQuoted ? found.slice(1, -1) : found, isQuoted, line });
    line += found.split("\n").length - 1;
  }
  return tokens;
}

function isSign(token: Token, sign: string): boolean {
  return !token.isQuoted && token.text === sign;
}
