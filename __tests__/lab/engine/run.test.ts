import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../../lab/engine/run";
import { fakeProgram, temporaryFolder } from "./fake-program";

const folder = temporaryFolder();
const environment = { PATH: "/usr/bin:/bin" };

test("a command gets the environment it was given and nothing of ours", async () => {
  process.env["AWS_SECRET_ACCESS_KEY"] = "marker";
  const done = await run({
    file: "/usr/bin/env",
    args: [],
    cwd: folder,
    environment: { ONLY: "this" },
    seconds: 10,
  });
  delete process.env["AWS_SECRET_ACCESS_KEY"];
  expect(done).toMatchObject({ code: 0, stdout: "ONLY=this\n" });
});

test("a command's exit status, streams and lines are told apart", async () => {
  const lines: string[] = [];
  const file = fakeProgram(folder, "speak", "echo one; sleep 0.1; echo two >&2; exit 3");
  const done = await run({
    file,
    args: [],
    cwd: folder,
    environment,
    seconds: 10,
    onLine: (line) => lines.push(line),
  });
  expect(done).toEqual({ code: 3, stdout: "one\n", output: "one\ntwo\n" });
  expect(lines).toEqual(["one", "two"]);
});

test("a command that runs out of time is ended with all it started", async () => {
  const pidFile = join(folder, "pid");
  const file = fakeProgram(folder, "hang", `sleep 600 & echo $! > ${pidFile}; wait`);
  const done = await run({ file, args: [], cwd: folder, environment, seconds: 1 });
  expect(done.code).toBeUndefined();
  expect(done.output).toContain("not finished after 1 s");
  await ended(Number(readFileSync(pidFile, "utf8")));
});

test("an interrupted command is ended with all it started", async () => {
  const pidFile = join(folder, "interrupted");
  const interruption = new AbortController();
  const file = fakeProgram(folder, "wait", `sleep 600 & echo $! > ${pidFile}; echo ready; wait`);
  const onLine = (): void => interruption.abort();
  const { signal: interrupted } = interruption;
  const done = await run({ file, args: [], cwd: folder, environment, seconds: 10, onLine, interrupted });
  expect(done.output).toContain("ended by SIGKILL");
  await ended(Number(readFileSync(pidFile, "utf8")));
});

test("a command that is stopped as by Ctrl-C is waited for until all it started has saved what it had", async () => {
  const [started, saved] = [join(folder, "started"), join(folder, "saved")];
  const engine = `
    process.on("SIGINT", () => setTimeout(() => { fs.writeFileSync("${saved}", ""); process.exit(); }, 300));
    fs.writeFileSync("${started}", "");
    setInterval(() => undefined, 1000);`;
  const script = join(folder, "engine.js");
  writeFileSync(script, engine.replace("process", 'const fs = require("node:fs"); process'));
  const file = fakeProgram(
    folder,
    "parent",
    `${process.execPath} ${script} >/dev/null 2>&1 & until [ -e ${started} ]; do sleep 0.05; done; echo ready; wait`,
  );
  const ctrlC = new AbortController();
  const onLine = (): void => ctrlC.abort();
  const { signal: stopped } = ctrlC;
  const done = await run({ file, args: [], cwd: folder, environment, seconds: 10, onLine, stopped });
  expect(done.output).toContain("ended by SIGINT");
  expect(existsSync(saved)).toBe(true);
});

test("what a command left running in its group is ended with it", async () => {
  const pidFile = join(folder, "left");
  const file = fakeProgram(folder, "leave", `sleep 600 >/dev/null 2>&1 & echo $! > ${pidFile}`);
  await run({ file, args: [], cwd: folder, environment, seconds: 10 });
  await ended(Number(readFileSync(pidFile, "utf8")));
});

test("a command that is not there fails with its name", async () => {
  const done = await run({ file: join(folder, "none"), args: [], cwd: folder, environment, seconds: 10 });
  expect(done.code).toBeUndefined();
  expect(done.output).toContain("ENOENT");
});

/** ended waits for the kernel, which ends a killed process a moment later; a zombie nobody collected yet has ended. */
async function ended(pid: number): Promise<void> {
  for (let waited = 0; isAlive(pid); waited += 5) {
    if (waited > 2000) throw new Error(`process ${pid} is still alive`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}
