import { parseDocument } from "yaml";

/** readYaml reads one document as PyYAML would (YAML 1.1); every problem of the text is an error. */
export function readYaml(text: string): unknown {
  const document = parseDocument(text, { version: "1.1", merge: true });
  const [problem] = document.errors;
  if (problem !== undefined) throw new Error(problem.message);
  const value: unknown = document.toJS();
  return value;
}
