import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { z } from "zod";

const mapping = z.record(z.string(), z.unknown());

/** readObject of a YAML file of the machine; what is not there or does not parse is an error. */
export function readObject(root: string, path: string): Readonly<Record<string, unknown>> {
  if (!existsSync(join(root, path))) throw new Error(`open ${path}: no such file or directory`);
  const document = parseDocument(readFileSync(join(root, path), "utf8"));
  const [problem] = document.errors;
  const parsed = mapping.safeParse(document.toJS());
  if (problem !== undefined || !parsed.success)
    throw new Error(`${path}: ${problem?.message ?? "it is no mapping"}`);
  return parsed.data;
}

/** checkCertificate: a file that is named as an authority's is there and holds a certificate. */
export function checkCertificate(root: string, path: string): void {
  if (!existsSync(join(root, path))) throw new Error(`open ${path}: no such file or directory`);
  if (!readFileSync(join(root, path), "utf8").includes("-----BEGIN CERTIFICATE-----"))
    throw new Error(`${path}: no certificate in it`);
}
