import { existsSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import { Mistake } from "../mistake";

/** engineOnPath: TERRAFORM_BINARY_NAME, as cdktf takes it, else terraform, else tofu. */
export function engineOnPath(environment: Readonly<Record<string, string | undefined>>): string {
  const wanted = environment["TERRAFORM_BINARY_NAME"];
  const names = wanted === undefined || wanted === "" ? ["terraform", "tofu"] : [wanted];
  for (const name of names) {
    if (isAbsolute(name) && existsSync(name)) return name;
    const folders = (environment["PATH"] ?? "").split(delimiter).filter(isAbsolute);
    const file = folders.map((folder) => join(folder, name)).find((candidate) => existsSync(candidate));
    if (file !== undefined) return file;
  }
  throw new Mistake(`PATH has no ${names.join(" and no ")}. Install one of them: a plan is made by it.`);
}
