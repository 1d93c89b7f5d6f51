import { execFileSync } from "node:child_process";
import { resolve } from "node:path";

const project = resolve(__dirname, "../..");

/** said by a script in a process like main.ts's own, where traces name the lines of the sources. */
function said(script: string): string {
  const begin = `require("./stacks/token-traces").withoutTokenTraces();`;
  const words = ["--require", "./from-source.js", "--eval", `${begin} console.log(${script})`];
  return execFileSync(process.execPath, words, { cwd: project, encoding: "utf8" });
}

it("leaves an error its whole trace, for faults of ours", () => {
  expect(said("new Error('a fault').stack")).toMatch(/^Error: a fault\n +at .+\n +at /);
});

it("makes no text for what is not an error", () => {
  expect(said("(() => { const token = {}; Error.captureStackTrace(token); return token.stack; })()")).toBe(
    "\n",
  );
});
