import ts from "typescript";

/** LineOf a path of keys in a cluster file; undefined where the file does not write it out. */
export type LineOf = (cluster: number, keys: readonly string[]) => number | undefined;

/** linesOf a cluster file's text: the deepest of the keys that stands in it literally has a line. */
export function linesOf(text: string): LineOf {
  const file = ts.createSourceFile("cluster.ts", text, ts.ScriptTarget.Latest, true);
  const exported = file.statements.find(ts.isExportAssignment)?.expression;
  const literals = exported === undefined ? [] : clustersIn(exported, file);
  return (cluster, keys) => {
    const start = literals[cluster];
    if (start === undefined) return undefined;
    const found = keys.reduce<{ value: ts.Expression | undefined; line: ts.Node | undefined }>(
      ({ value, line }, key) => {
        const next = value === undefined ? undefined : entryOf(unwrapped(value, file), key);
        return next === undefined ? { value: undefined, line } : { value: next.value, line: next.node };
      },
      { value: start, line: undefined },
    );
    if (found.line === undefined) return undefined;
    return file.getLineAndCharacterOfPosition(found.line.getStart(file)).line + 1;
  };
}

function clustersIn(exported: ts.Expression, file: ts.SourceFile): ts.Expression[] {
  const value = unwrapped(exported, file);
  return ts.isArrayLiteralExpression(value) ? [...value.elements] : [value];
}

/** unwrapped: `defineCluster({…})`, `({…})`, `{…} as const` and a constant of the file are the object itself. */
function unwrapped(node: ts.Expression, file: ts.SourceFile): ts.Expression {
  if (ts.isCallExpression(node)) {
    const [argument] = node.arguments;
    return argument === undefined ? node : unwrapped(argument, file);
  }
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isSatisfiesExpression(node)) {
    return unwrapped(node.expression, file);
  }
  if (!ts.isIdentifier(node)) return node;
  const declared = file.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => [...declarationList.declarations])
    .find(({ name }) => ts.isIdentifier(name) && name.text === node.text);
  return declared?.initializer === undefined ? node : unwrapped(declared.initializer, file);
}

function entryOf(
  value: ts.Expression,
  key: string,
): { readonly node: ts.Node; readonly value: ts.Expression | undefined } | undefined {
  if (ts.isArrayLiteralExpression(value)) {
    const element = value.elements[Number(key)];
    return element === undefined ? undefined : { node: element, value: element };
  }
  if (!ts.isObjectLiteralExpression(value)) return undefined;
  for (const property of value.properties) {
    if (property.name === undefined || nameOf(property.name) !== key) continue;
    if (ts.isPropertyAssignment(property)) return { node: property, value: property.initializer };
    if (ts.isShorthandPropertyAssignment(property)) return { node: property, value: property.name };
  }
  return undefined;
}

function nameOf(name: ts.PropertyName): string | undefined {
  return ts.isIdentifier(name) || ts.isStringLiteralLike(name) || ts.isNumericLiteral(name)
    ? name.text
    : undefined;
}
