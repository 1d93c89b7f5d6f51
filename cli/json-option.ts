import { Option } from "commander";

export interface JsonOption {
  readonly json?: boolean;
}

/** jsonOption of every command that a script may want to read. */
export function jsonOption(): Option {
  return new Option("--json", "print JSON, and nothing else");
}

/** asJson, what --json prints. */
export function asJson(printed: unknown): string {
  return `${JSON.stringify(printed, null, 2)}\n`;
}
