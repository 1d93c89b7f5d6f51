import { existsSync } from "node:fs";
import { delimiter, isAbsolute, join, resolve } from "node:path";
import { goBuild } from "./go-build";
import { LabProblem } from "./lab-problem";
import { run } from "./run";

/** Engine is the program that plans and applies: Terraform or OpenTofu, always a real one. */
export interface Engine {
  readonly name: "Terraform" | "OpenTofu";
  readonly version: string;
  /** file, absolute path of the program. */
  readonly file: string;
  /** platform, as provider packages are named: `linux_amd64`. */
  readonly platform: string;
}

/**
 * findEngine takes SLIPWAY_ENGINE (`terraform`, `tofu` or a path), else terraform from PATH, else tofu from
 * PATH, else builds OpenTofu from its Go module.
 */
export async function findEngine(
  environment: Readonly<Record<string, string | undefined>>,
  say: (line: string) => void,
): Promise<Engine> {
  const wanted = environment["SLIPWAY_ENGINE"];
  const path = environment["PATH"] ?? "";
  if (wanted !== undefined && wanted !== "" && wanted !== "terraform" && wanted !== "tofu") {
    const file = resolve(wanted);
    if (existsSync(file)) return identify(file);
    throw new LabProblem(`SLIPWAY_ENGINE is "${wanted}": it is terraform, tofu or the path of one of them.`);
  }
  const candidates = wanted === "terraform" || wanted === "tofu" ? [wanted] : ["terraform", "tofu"];
  for (const name of candidates) {
    const file = onPath(name, path);
    if (file !== undefined) return identify(file);
  }
  if (wanted === "terraform") {
    throw new LabProblem(
      "SLIPWAY_ENGINE is terraform, and PATH has none. Install it, or unset SLIPWAY_ENGINE.",
    );
  }
  return identify((await goBuild(openTofu, say)).file);
}

const openTofu = {
  name: "opentofu",
  package: "github.com/opentofu/opentofu/cmd/tofu",
  module: "github.com/opentofu/opentofu",
};

/** onPath is a program's file in the first folder of PATH that has it. */
export function onPath(name: string, path: string): string | undefined {
  return path
    .split(delimiter)
    .filter((folder) => isAbsolute(folder))
    .map((folder) => join(folder, name))
    .find((file) => existsSync(file));
}

async function identify(file: string): Promise<Engine> {
  const environment = { CHECKPOINT_DISABLE: "1", PATH: "/usr/bin:/bin" };
  const asked = await run({ file, args: ["version"], cwd: "/", environment, seconds: 30 });
  const title = /^(Terraform|OpenTofu) v(\S+)/m.exec(asked.output);
  const platform = /^on (\S+)/m.exec(asked.output)?.[1];
  const [, name, version] = title ?? [];
  if ((name !== "Terraform" && name !== "OpenTofu") || version === undefined || platform === undefined) {
    throw new LabProblem(`${file} is neither Terraform nor OpenTofu; it answered:\n${asked.output.trim()}`);
  }
  return { name, version, file, platform };
}
