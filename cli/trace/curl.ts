import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { Mistake } from "../mistake";

/** Answer of an API, whatever its status. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

const run = promisify(execFile);

/**
 * curl as the gates do, behind the same proxies. What is secret goes into `settings`, which curl reads from its input:
 * arguments are seen by everybody on the machine.
 */
export async function curl(
  what: string,
  args: readonly string[],
  settings: readonly (readonly [option: string, value: string])[] = [],
): Promise<Answer> {
  const { env } = process;
  const asked = run(
    "curl",
    [
      ...["--silent", "--show-error", "--max-time", "20", "--write-out", "\n%{http_code}"],
      "--config",
      "-",
      ...args,
    ],
    // curl looks for http_proxy in lower case only.
    { maxBuffer: 256 * 2 ** 20, env: { ...env, http_proxy: env["http_proxy"] ?? env["HTTP_PROXY"] } },
  );
  asked.child.stdin?.end(
    settings.map(([option, value]) => `${option} = ${JSON.stringify(value)}\n`).join(""),
  );
  const { stdout } = await asked.catch((error: unknown) => {
    throw new Mistake(`${what} does not answer:\n${error instanceof Error ? error.message : String(error)}`);
  });
  const end = stdout.lastIndexOf("\n");
  return { status: Number(stdout.slice(end + 1)), body: stdout.slice(0, end) };
}
