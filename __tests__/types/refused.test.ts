import { join } from "node:path";
import ts from "typescript";

const root = join(__dirname, "../..");
const file = join(__dirname, "refused.ts");
const directive = /\/\/ @ts-expect-error: (.+)$/;

test("the compiler refuses what stands below each directive, for the word in it, and nothing else", () => {
  const lines = (ts.sys.readFile(file) ?? "").split("\n");
  const expected = lines.flatMap((line, index) => {
    const word = directive.exec(line)?.[1];
    return word === undefined ? [] : [{ line: index + 2, word }];
  });
  expect(expected.length).toBeGreaterThan(10);
  const errors = errorsWithoutDirectives();
  expect(errors.map(({ line }) => line)).toEqual(expected.map(({ line }) => line));
  for (const [index, { word }] of expected.entries()) expect(errors[index]?.text).toContain(word);
});

/** The same file with its directives made plain comments, so that every error shows itself. */
function errorsWithoutDirectives(): { line: number; text: string }[] {
  const json = ts.readConfigFile(join(root, "tsconfig.json"), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(json.config, ts.sys, root);
  const host = ts.createCompilerHost(options);
  const program = ts.createProgram([file], options, {
    ...host,
    getSourceFile: (path, language) => {
      if (path !== file) return host.getSourceFile(path, language);
      const text = (host.readFile(path) ?? "").replaceAll("@ts-expect-error", "refused");
      return ts.createSourceFile(path, text, language);
    },
  });
  const errors = ts.getPreEmitDiagnostics(program).map((diagnostic) => {
    const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n");
    if (diagnostic.file?.fileName !== file) throw new Error(text);
    return { line: diagnostic.file.getLineAndCharacterOfPosition(diagnostic.start ?? 0).line + 1, text };
  });
  return errors.sort((a, b) => a.line - b.line);
}
