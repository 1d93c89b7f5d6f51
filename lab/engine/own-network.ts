import { spawn } from "node:child_process";
import { run } from "./run";

/**
 * A network namespace of its own has nothing but loopback: whatever a rehearsed program would dial, no packet of
 * it can leave this machine. The kernel grants one to root, or to everybody where user namespaces are allowed.
 */
export function inOwnNetwork(): boolean {
  return process.env[mark] === "yes";
}

export async function canHaveOwnNetwork(): Promise<boolean> {
  const environment = { PATH: process.env["PATH"] ?? "" };
  const [file = "", ...args] = inNamespace("true");
  return (await run({ file, args, cwd: "/", environment, seconds: 10 })).code === 0;
}

/** againInOwnNetwork runs this same command line once more inside, with its words and signals, and returns its exit status. */
export async function againInOwnNetwork(): Promise<number> {
  const [file = "", ...args] = inNamespace(process.execPath, ...process.execArgv, ...process.argv.slice(1));
  const child = spawn(file, args, { stdio: "inherit", env: { ...process.env, [mark]: "yes" } });
  const forward = (signal: NodeJS.Signals): void => void child.kill(signal);
  for (const signal of signals) process.on(signal, forward);
  try {
    return await new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code) => resolve(code ?? 1));
    });
  } finally {
    for (const signal of signals) process.removeListener(signal, forward);
  }
}

const mark = "SLIPWAY_OWN_NETWORK";
const signals = ["SIGINT", "SIGTERM"] as const;

function inNamespace(...command: readonly string[]): string[] {
  const user = process.getuid?.() === 0 ? [] : ["--user", "--map-root-user"];
  return ["unshare", ...user, "--net", "sh", "-c", 'ip link set lo up && exec "$@"', "sh", ...command];
}
