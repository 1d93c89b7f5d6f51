import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const folder = join(__dirname, "golden");

/** expectGolden holds text against a file below __tests__/golden. */
export function expectGolden(path: string, text: string): void {
  expectFile(join(folder, path), text);
}

/** expectFile holds text against a committed file; only `npm run golden` (GOLDEN=write) rewrites it. */
export function expectFile(file: string, text: string): void {
  if (process.env["GOLDEN"] === "write") {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  if (!existsSync(file))
    throw new Error(`${file} is missing: look at what npm run golden writes, and commit it`);
  expect(text).toBe(readFileSync(file, "utf8"));
}
