import fc from "fast-check";
import { readNginx } from "../../config/nginx";

describe("a text in nginx's language is read as nginx reads it", () => {
  test.each<[claim: string, text: string, directives: readonly string[]]>([
    ["a directive ends with a semicolon", "gzip on; etag off;", ["gzip on", "etag off"]],
    ["a comment is none, whatever stands in it", "# } server {\ngzip on;", ["gzip on"]],
    ["a # inside of a word is no comment", "rewrite ^/a#b /c;", ["rewrite ^/a#b /c"]],
    [
      "braces, semicolons and # in quotes are text",
      `return 200 "a; } # \\" {" ;`,
      [`return 200 a; } # \\" {`],
    ],
    ["a quote inside of a word is a letter", `add_header X-A a"b;`, [`add_header X-A a"b`]],
    ["a brace after a dollar is a variable's", "set $a ${host}x;", ["set $a ${host}x"]],
    ["what is escaped ends nothing", "rewrite ^/a\\;b /c;", ["rewrite ^/a\\;b /c"]],
    ["a block has its own", "location /a { return 404; }", ["location /a {", "  return 404"]],
    ["a brace ends a word", "location /a{return 404;}", ["location /a {", "  return 404"]],
    ["words may be empty", `add_header X-A "";`, ["add_header X-A "]],
    ["nothing is nothing", " \n", []],
  ])("%s", (_, text, directives) => {
    const { broken, directives: read } = readNginx(text);
    expect(broken).toBeUndefined();
    expect(
      read.map(({ words, depth, block }) => `${"  ".repeat(depth)}${words.join(" ")}${block ? " {" : ""}`),
    ).toEqual(directives);
  });

  test.each([
    ["a brace that is left open", "location /a { return 404;", "never closed"],
    ["a brace that closes what is not its own", "gzip on; } server { listen 1;", "never opened"],
    ["a quote that is left open", `return 200 "a;`, "quote"],
    ["a word behind a quote", `return 200 "a"b;`, "without a space"],
    ["a directive without its end", "gzip on", "semicolon"],
    ["a directive without its end in a block", "location /a { return 404 }", "semicolon"],
    ["a semicolon alone", ";", "nothing before"],
    ["a block without a name", "{ }", "nothing before"],
    ["a variable's brace that opens no block", "set $a ${b; }", "never opened"],
  ])("refuses %s", (_, text, word) => {
    expect(readNginx(text).broken).toContain(word);
  });
});

interface Written {
  readonly words: readonly string[];
  readonly inside?: readonly Written[];
}

const word = fc.oneof(
  fc.stringMatching(/^[\w/^~.=*$-]{1,6}$/),
  fc.string({ maxLength: 6 }).map((text) => `"${text.replaceAll(/["\\]/g, "")}"`),
);
const words = fc.array(word, { minLength: 1, maxLength: 3 });
const { tree } = fc.letrec<{ tree: readonly Written[] }>((tie) => ({
  tree: fc.array(fc.oneof({ maxDepth: 3 }, fc.record({ words }), fc.record({ words, inside: tie("tree") })), {
    maxLength: 3,
  }),
}));

test("whatever is written with braces and quotes closed is read back, directive by directive", () => {
  fc.assert(
    fc.property(tree, fc.constantFrom(" ", "\n", '\t # } ; "\n'), (written, space) => {
      expect(readNginx(printed(written, space))).toEqual({ directives: flat(written, 0) });
    }),
  );
});

test("refuses every text that is cut before its last brace or semicolon", () => {
  fc.assert(
    fc.property(
      tree.filter(({ length }) => length > 0),
      (written) => {
        const text = printed(written, " ").trimEnd();
        expect(readNginx(text.slice(0, -1)).broken).toBeDefined();
      },
    ),
  );
});

function printed(written: readonly Written[], space: string): string {
  return written
    .map(({ words: own, inside }) =>
      inside === undefined
        ? `${own.join(space)}${space};${space}`
        : `${own.join(space)}${space}{${space}${printed(inside, space)}}${space}`,
    )
    .join("");
}

function flat(written: readonly Written[], depth: number): object[] {
  return written.flatMap(({ words: own, inside }) => [
    { words: own.map((one) => one.replaceAll('"', "")), depth, block: inside !== undefined },
    ...flat(inside ?? [], depth + 1),
  ]);
}
