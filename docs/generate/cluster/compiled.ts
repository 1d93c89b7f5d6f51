import { join } from "node:path";
import ts from "typescript";

/** Compiled is a value of the schema's sources, as the compiler knows it. */
export interface Compiled {
  /** inside, the value at these properties. */
  readonly inside: (...names: readonly string[]) => Compiled;
  /** declared: where it was written as a property, file and offset; equal for a field that several shapes share. */
  readonly declared: string;
  /** comment in front of that property. */
  readonly comment: string;
  /** refersTo, the kind of entry whose name it holds. */
  readonly refersTo: () => string | undefined;
}

const project = join(__dirname, "../../..");

/** compiledSchema is `clusterSchema`, with the comments that operators see on its fields. */
export function compiledSchema(): Compiled {
  const file = join(project, "config/schema.ts");
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(join(project, "tsconfig.json"), (path) => ts.sys.readFile(path)).config,
    { ...ts.sys, readDirectory: () => [] },
    project,
  );
  const program = ts.createProgram([file], { ...options, types: [] });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const module = source && checker.getSymbolAtLocation(source);
  const schema = module && checker.getExportsOfModule(module).find(({ name }) => name === "clusterSchema");
  if (schema === undefined) throw new Error(`${file} exports no clusterSchema`);
  return compiledOf(checker, schema);
}

function compiledOf(checker: ts.TypeChecker, symbol: ts.Symbol): Compiled {
  const [declaration] = symbol.declarations ?? [];
  const type = checker.getTypeOfSymbol(symbol);
  return {
    inside: (...names) => {
      const [name, ...rest] = names;
      if (name === undefined) return compiledOf(checker, symbol);
      const property = checker.getPropertyOfType(type, name);
      if (property === undefined) throw new Error(`${symbol.name} has no ${name}`);
      return compiledOf(checker, property).inside(...rest);
    },
    declared: declaration === undefined ? "" : `${declaration.getSourceFile().fileName}:${declaration.pos}`,
    comment: declaration === undefined ? "" : commentBefore(declaration),
    refersTo: () =>
      type.getSymbol()?.name === "ZodType"
        ? /^ZodType<.*, (?:Reference|Weights)<"(\w+)">/.exec(checker.typeToString(type))?.[1]
        : undefined,
  };
}

function commentBefore(declaration: ts.Node): string {
  const { text } = declaration.getSourceFile();
  const last = ts.getLeadingCommentRanges(text, declaration.pos)?.at(-1);
  return last === undefined ? "" : text.slice(last.pos, last.end);
}
