import { styleText } from "node:util";

type Style = Parameters<typeof styleText>[0];

/** paint colours words for a terminal; a pipe, a file and NO_COLOR get them bare. */
export const paint = {
  good: (stream: NodeJS.WriteStream, text: string) => colour(stream, "green", text),
  bad: (stream: NodeJS.WriteStream, text: string) => colour(stream, "red", text),
  quiet: (stream: NodeJS.WriteStream, text: string) => colour(stream, "dim", text),

  /** problems, as config/problem renders them: each one's place stands out, its code steps back. */
  problems(stream: NodeJS.WriteStream, text: string): string {
    return text
      .split("\n")
      .map((line) => {
        if (/^ {2}\S/.test(line)) return colour(stream, "bold", line);
        return line.replace(/\((?:warning )?[\w/-]+\)$/, (code) => colour(stream, "dim", code));
      })
      .join("\n");
  },
};

function colour(stream: NodeJS.WriteStream, style: Style, text: string): string {
  const wanted = stream.isTTY && process.env["NO_COLOR"] === undefined && process.env["TERM"] !== "dumb";
  return wanted ? styleText(style, text) : text;
}
