import { execFile } from "node:child_process";
import { Mistake } from "../mistake";

/** Answer of an API, whatever its status. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Attempt to ask, which nobody may have answered. */
export type Attempt =
  /** certificates that the server showed, as PEM, its own first; "" over plain HTTP, and from a curl older than 7.88. */
  | (Answer & { readonly kind: "answer"; readonly certificates: string })
  /** code, curl's exit status; undefined where it could not be run. */
  | { readonly kind: "silence"; readonly code: number | undefined; readonly says: string };

type Settings = readonly (readonly [option: string, value: string])[];

/** curl asks as `attempt` does, and fails where nobody answers. */
export async function curl(what: string, args: readonly string[], settings: Settings = []): Promise<Answer> {
  const asked = await attempt(args, settings);
  if (asked.kind === "silence") throw new Mistake(`${what} does not answer:\n${asked.says}`);
  return asked;
}

/**
 * attempt to ask with curl as the gates do, behind the same proxies. What is secret goes into `settings`, which curl
 * reads from its input: arguments are seen by everybody on the machine.
 */
export function attempt(args: readonly string[], settings: Settings = []): Promise<Attempt> {
  const { env } = process;
  return new Promise((resolve) => {
    const asked = execFile(
      "curl",
      [
        ...["--silent", "--show-error", "--max-time", "20"],
        ...["--write-out", "\n%{http_code}%{stderr}%{certs}", "--config", "-"],
        ...args,
      ],
      // curl looks for http_proxy in lower case only.
      { maxBuffer: 256 * 2 ** 20, env: { ...env, http_proxy: env["http_proxy"] ?? env["HTTP_PROXY"] } },
      (error, stdout, stderr) => {
        if (error === null) resolve({ kind: "answer", ...answerIn(stdout), certificates: stderr });
        else resolve({ kind: "silence", code: statusOf(error.code), says: saidBy(stderr) ?? error.message });
      },
    );
    // One that is not there, or has ended already, takes no input.
    asked.stdin?.on("error", () => undefined);
    asked.stdin?.end(settings.map(([option, value]) => `${option} = ${JSON.stringify(value)}\n`).join(""));
  });
}

function answerIn(stdout: string): Answer {
  const end = stdout.lastIndexOf("\n");
  return { status: Number(stdout.slice(end + 1)), body: stdout.slice(0, end) };
}

function statusOf(code: unknown): number | undefined {
  return typeof code === "number" ? code : undefined;
}

/** saidBy curl about its failure, in one line. */
function saidBy(stderr: string): string | undefined {
  return /^curl: .*$/m.exec(stderr)?.[0];
}
