import { existsSync } from "node:fs";
import { isAbsolute } from "node:path";
import { onPath } from "../../lab/engine/engine";
import { Mistake } from "../mistake";

/** engineOnPath: TERRAFORM_BINARY_NAME, as cdktf takes it, else terraform, else tofu. */
export function engineOnPath(environment: Readonly<Record<string, string | undefined>>): string {
  const wanted = environment["TERRAFORM_BINARY_NAME"];
  const names = wanted === undefined || wanted === "" ? ["terraform", "tofu"] : [wanted];
  for (const name of names) {
    if (isAbsolute(name) && existsSync(name)) return name;
    const file = onPath(name, environment["PATH"] ?? "");
    if (file !== undefined) return file;
  }
  throw new Mistake(`PATH has no ${names.join(" and no ")}. Install one of them: a plan is made by it.`);
}
