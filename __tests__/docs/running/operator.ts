import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openBus } from "../../../lab/guests/system/bus";
import { run } from "../../../lab/engine/run";
import { replaceOnce } from "../../rehearsal/stand/stack-file";
import { stand, type Standing } from "../../rehearsal/stand/standing";
import { workingCopy } from "../../rehearsal/stand/working-copy";
import { wordsOf } from "../../rehearsal/stand/words";
import { kubectl } from "./kubectl";
import type { Block } from "./page";
import { proxmoxShell } from "./proxmox-shell";

/** Operator has a working copy with the cluster of the pages, deployed, and a shell that remembers its environment. */
export interface Operator extends Standing {
  /** folder of the working copy. */
  readonly folder: string;
  /** follow one block of a page; what it printed. It throws where the page is wrong. */
  follow(block: Block): Promise<string>;
}

/**
 * engageOperator deploys the cluster of the pages, as one would, where it is `deployed` and not still to be. In his PATH before anything else: `npx cdktf`, which
 * says yes for him and leaves out the lock of providers that needs the registry; `terraform`, the engine, likewise; and
 * stand-ins for `kubectl` and for `ssh` to a Proxmox host.
 */
export async function engageOperator({ deployed = true } = {}): Promise<Operator> {
  const file = join(__dirname, "home.ts");
  const standing = await stand(file);
  const folder = workingCopy(
    standing.scratch,
    readFileSync(file, "utf8").replace("../../../config/", "./config/"),
  );
  const socket = join(standing.scratch, "bus");
  const proxyUrl = standing.environment["KUBE_PROXY_URL"] ?? "";
  const bus = await openBus(
    socket,
    {
      kubectl: ([kubeconfig = "", ...args]) => kubectl(kubeconfig, proxyUrl, args),
      ssh: (args) => proxmoxShell(standing.lab.proxmox.hand, args),
    },
    () => undefined,
  );
  const programs = layShims(standing, socket);
  mkdirSync(join(standing.scratch, "home", ".kube"), { recursive: true });
  const remembered = join(standing.scratch, "environment.sh");

  const shell = async (commands: string): Promise<{ code: number | undefined; output: string }> => {
    const recall = existsSync(remembered) ? `. '${remembered}'\n` : "";
    const { code, output } = await run({
      file: "/bin/bash",
      args: ["-c", `set -euo pipefail\n${recall}${commands}\nexport -p >'${remembered}'`],
      cwd: folder,
      environment: {
        ...standing.environment,
        PATH: `${programs}:${standing.environment["PATH"] ?? ""}`,
        TERRAFORM_BINARY_NAME: standing.engine.file,
      },
      seconds: 600,
    });
    return { code, output };
  };
  const mustRun = async (what: string, commands: string): Promise<string> => {
    const { code, output } = await shell(commands);
    if (code !== 0)
      throw new Error(`${what} ended with ${code ?? "a signal"}:\n${wordsOf(output).slice(-3000)}`);
    return output;
  };
  if (deployed) await mustRun("the first deploy", "npx cdktf deploy '*'");

  return {
    ...standing,
    folder,
    async follow({ kind, text, line }) {
      if (kind === "diff") {
        const cluster = join(folder, "cluster.ts");
        const edit = editOf(text);
        writeFileSync(cluster, replaceOnce(readFileSync(cluster, "utf8"), edit.before, edit.after));
        return "";
      }
      return mustRun(`the commands in line ${line}`, text);
    },
    async close() {
      await bus.close();
      await standing.close();
    },
  };
}

/** editOf cluster.ts as a diff on a page shows it: the lines that stand there, and those that are to. */
function editOf(text: string): { readonly before: string; readonly after: string } {
  const lines = text.split("\n");
  const without = (sign: string): string =>
    lines
      .filter((line) => !line.startsWith(sign))
      .map((line) => line.slice(1))
      .join("\n");
  return { before: without("+"), after: without("-") };
}

function layShims({ scratch, engine }: Standing, socket: string): string {
  const folder = join(scratch, "programs");
  mkdirSync(folder);
  const shim = (name: string, body: string): void => {
    writeFileSync(join(folder, name), `#!/bin/bash\nset -euo pipefail\n${body}\n`);
    chmodSync(join(folder, name), 0o755);
  };
  const ask = `| curl --silent --noproxy '*' --unix-socket '${socket}' --data-binary @- http://lab/)
[ "$reply" = "\${reply#*$'\\n'}" ] || printf '%s\\n' "\${reply#*$'\\n'}"
exit "\${reply%%$'\\n'*}"`;
  shim(
    "npx",
    `[ "$1" = cdktf ] || { echo "npx $1 is not of these pages" >&2; exit 1; }
case "$2" in
  deploy | destroy) exec node_modules/.bin/"$@" --auto-approve --skip-provider-lock ;;
  plan | diff) exec node_modules/.bin/"$@" --skip-provider-lock ;;
  *) exec node_modules/.bin/"$@" ;;
esac`,
  );
  // An operator reads the plan and says yes.
  shim(
    "terraform",
    `for word; do [ "$word" != apply ] || set -- "$@" -auto-approve; done
exec '${engine.file}' "$@"`,
  );
  shim("kubectl", `reply=$(printf '%s\\0' kubectl "\${KUBECONFIG:-}" "$@" ${ask}`);
  shim("ssh", `reply=$(printf '%s\\0' ssh "$@" ${ask}`);
  return folder;
}
