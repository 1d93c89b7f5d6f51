import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const folder = join(__dirname, "golden");

/** expectGolden holds text against a committed file; only `npm run golden` (GOLDEN=write) rewrites it. */
export function expectGolden(path: string, text: string): void {
  const file = join(folder, path);
  if (process.env["GOLDEN"] === "write") {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  if (!existsSync(file))
    throw new Error(`golden/${path} is missing: look at what npm run golden writes, and commit it`);
  expect(text).toBe(readFileSync(file, "utf8"));
}
