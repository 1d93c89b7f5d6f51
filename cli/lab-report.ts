import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Part } from "../lab/engine/part";
import { table } from "./table";

/** LabReport of anything that is tried in the lab. */
export interface LabReport {
  readonly ok: boolean;
}

/** forget the report that an earlier run left in build/. */
export function forget(name: string): Promise<void> {
  return rm(fileOf(name), { force: true });
}

/** present a report: whole as build/<name>.json, and as it was asked for; status 1 where it does not hold. */
export async function present<Report extends LabReport>(
  name: string,
  report: Report,
  json: boolean,
  printed: (report: Report) => string,
): Promise<void> {
  const whole = `${JSON.stringify(report, null, 2)}\n`;
  await mkdir(build, { recursive: true });
  await writeFile(fileOf(name), whole);
  process.stdout.write(json ? whole : printed(report));
  if (!report.ok) process.exitCode = 1;
}

/** presentation of progress. */
export function presentation(json: boolean): "live" | "lines" | "silent" {
  if (json) return "silent";
  return process.stdout.isTTY ? "live" : "lines";
}

/** partsTable says of each part whether it was real. */
export function partsTable(parts: readonly Part[]): string {
  return table([["PART", "", "VERSION"], ...parts.map(({ name, kind, version }) => [name, kind, version])]);
}

const build = join(__dirname, "..", "build");

function fileOf(name: string): string {
  return join(build, `${name}.json`);
}
