import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cached } from "../../../lab/engine/cache";
import { temporaryFolder } from "./fake-program";

const home = temporaryFolder();
beforeAll(() => (process.env["XDG_CACHE_HOME"] = home));
afterAll(() => delete process.env["XDG_CACHE_HOME"]);

test("what is cached is made once and reused", async () => {
  let made = 0;
  const make = (folder: string): Promise<void> => {
    made += 1;
    return writeFile(join(folder, "tool"), "binary");
  };
  const first = await cached("tool-1", make);
  expect(await cached("tool-1", make)).toBe(first);
  expect(made).toBe(1);
  expect(first).toBe(join(home, "slipway", "tool-1"));
});

test("two that make it at once end with one whole copy", async () => {
  const make = (content: string) => async (folder: string) => {
    await new Promise((resolve) => setImmediate(resolve));
    writeFileSync(join(folder, "a"), content);
    writeFileSync(join(folder, "b"), content);
  };
  const [one, two] = await Promise.all([cached("race", make("x")), cached("race", make("y"))]);
  expect(one).toBe(two);
  expect(readFileSync(join(one, "a"), "utf8")).toBe(readFileSync(join(one, "b"), "utf8"));
});

test("a making that fails leaves nothing behind", async () => {
  const failing = cached("broken", async (folder) => {
    await writeFile(join(folder, "half"), "");
    throw new Error("disk full");
  });
  await expect(failing).rejects.toThrow("disk full");
  expect(existsSync(join(home, "slipway", "broken"))).toBe(false);
  expect(readdirSync(join(home, "slipway")).filter((name) => name.startsWith("."))).toEqual([]);
});
