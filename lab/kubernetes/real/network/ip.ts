import { inOwnNetwork } from "../../../engine/own-network";
import { LabProblem } from "../../../engine/lab-problem";
import { run } from "../../../engine/run";

const path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** requireOwnNetwork, because the addresses of pods and Services must be nowhere but inside the lab. */
export function requireOwnNetwork(): void {
  if (inOwnNetwork()) return;
  throw new LabProblem(
    [
      "A real Kubernetes needs a network namespace of its own for the addresses of its pods and Services.",
      "This machine gives none: the kernel allows it to root, or to everybody where user namespaces are allowed,",
      "and the programs unshare, nsenter, setpriv, mount (util-linux) and ip (iproute2) have to be on PATH.",
      "Run it as root, or allow user namespaces, or rehearse without KUBE=real.",
    ].join("\n"),
  );
}

/** ip runs one command of iproute2. */
export async function ip(...args: readonly string[]): Promise<void> {
  await command("ip", args);
}

/** command that must succeed, within seconds. */
export async function command(file: string, args: readonly string[]): Promise<void> {
  const { code, output } = await run({ file, args, cwd: "/", environment: { PATH: path }, seconds: 30 });
  if (code !== 0) throw new Error(`${file} ${args.join(" ")}: ${output.trim()}`);
}
