import type { Word } from "./words";

/** NginxText is written in this folder with checked words in its gaps, or by an operator and passed on whole. */
export class NginxText {
  private constructor(private readonly lines: readonly string[]) {}

  /** of a template whose gaps take words only. */
  static of(parts: TemplateStringsArray, ...words: readonly Word[]): NginxText {
    return new NginxText([String.raw(parts, ...words)]);
  }

  static block(head: NginxText, body: readonly NginxText[]): NginxText {
    const inner = body.flatMap(({ lines }) => lines.map((line) => `  ${line}`));
    return new NginxText([`${head.toString()} {`, ...inner, "}"]);
  }

  /** asWritten by an operator in rawNginx: the one text that is not checked word for word. */
  static asWritten(text: string): NginxText {
    return new NginxText(["# rawNginx of cluster.ts, as written there:", text, "# End of rawNginx."]);
  }

  static join(texts: readonly NginxText[]): NginxText {
    return new NginxText(texts.flatMap(({ lines }) => lines));
  }

  toString(): string {
    return this.lines.join("\n");
  }
}

/** nginx reads like the configuration that it makes: nginx`allow ${network};` */
export function nginx(parts: TemplateStringsArray, ...words: readonly Word[]): NginxText {
  return NginxText.of(parts, ...words);
}
