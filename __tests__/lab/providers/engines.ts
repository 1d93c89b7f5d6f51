import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

export interface EngineUnderTest {
  readonly name: string;
  /** file, or the reason why there is none. */
  readonly file: string | { readonly missing: string };
}

/** enginesUnderTest: Terraform from PATH, OpenTofu from SLIPWAY_TOFU or PATH. */
export function enginesUnderTest(): readonly EngineUnderTest[] {
  const tofu = process.env["SLIPWAY_TOFU"] || onPath("tofu");
  return [
    { name: "Terraform", file: onPath("terraform") ?? { missing: "no terraform on PATH" } },
    {
      name: "OpenTofu",
      file: tofu ?? { missing: "no tofu on PATH, and SLIPWAY_TOFU names none" },
    },
  ];
}

function onPath(program: string): string | undefined {
  return (process.env["PATH"] ?? "")
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find((file) => existsSync(file));
}
