import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, rename, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { Argument, type Command, Option } from "commander";
import { clusterOption, type ClusterOption } from "./cluster-option";
import { offering, offersFiles } from "./completion/offer";
import { manual } from "./manual";
import { Mistake } from "./mistake";

export function addKubeconfig(program: Command): void {
  const command = program
    .command("kubeconfig")
    .addArgument(clusterArgument())
    .description("print the administrator's kubeconfig; it exists before any machine boots")
    .addOption(clusterOption())
    .addOption(outputOption())
    .action(async (name: string | undefined, options: ClusterOption & { output?: string }) => {
      const { loadModel } = await import("../load-cluster");
      const names = loadModel(options.cluster).model.clusters.map((cluster) => cluster.name);
      const kubeconfig = readKubeconfig(chosen(name, names));
      if (options.output === undefined) process.stdout.write(kubeconfig);
      else await writePrivately(options.output, kubeconfig);
    });
  manual(command, {
    group: "change",
    needs:
      "the engine (terraform or tofu), and the identity stack deployed from this folder; a shared state needs its login.",
    examples: [
      { line: "./slipway kubeconfig --output ~/.kube/home", says: "for kubectl --kubeconfig ~/.kube/home" },
      {
        line: "./slipway kubeconfig west --cluster examples/two-clusters.ts",
        says: "of one cluster of several",
      },
    ],
  });
}

function clusterArgument(): Argument {
  return offering(
    new Argument("[cluster]", "name of the cluster, where the file has several"),
    async (given) => {
      const { loadModel } = await import("../load-cluster");
      const { clusters } = loadModel(given.get("cluster")).model;
      return { kind: "words", words: clusters.map(({ name }) => ({ text: name })) };
    },
  );
}

function outputOption(): Option {
  return offering(
    new Option("-o, --output <file>", "write it to a file that only you can read"),
    offersFiles(),
  );
}

function chosen(name: string | undefined, names: readonly string[]): string {
  const [only, ...others] = names;
  if (name === undefined && only !== undefined && others.length === 0) return only;
  if (name !== undefined && names.includes(name)) return name;
  const found = name === undefined ? "The file has several clusters" : `No cluster is called "${name}"`;
  throw new Mistake(`${found}: say which of ${names.join(", ")}.`);
}

/** readKubeconfig runs the engine that cdktf uses, where cdktf left the stack, with the operator's own credentials. */
export function readKubeconfig(cluster: string): string {
  const stack = `${cluster}-identity`;
  const folder = resolve("cdktf.out", "stacks", stack);
  const notDeployed = `The stack ${stack} is not deployed from this folder: run "npx cdktf deploy ${stack}" first.`;
  if (!existsSync(resolve(folder, ".terraform"))) throw new Mistake(notDeployed);
  const engine = process.env["TERRAFORM_BINARY_NAME"] ?? "terraform";
  const asked = spawnSync(engine, ["output", "-raw", "kubeconfig"], {
    cwd: folder,
    encoding: "utf8",
    // The state may be in a store that does not answer.
    timeout: 60_000,
  });
  if (asked.error !== undefined) {
    throw new Mistake(
      `${engine} cannot be run (${asked.error.message}).\n` +
        "Install it, or name another one as cdktf does: TERRAFORM_BINARY_NAME=tofu ./slipway kubeconfig",
    );
  }
  if (asked.status === 0 && /^"?apiVersion"?:/.test(asked.stdout)) return asked.stdout;
  throw new Mistake(`${notDeployed}\n${engine} says:\n${asked.stderr.trim()}`);
}

async function writePrivately(file: string, content: string): Promise<void> {
  const temporary = `${file}.${process.pid}`;
  await writeFile(temporary, content, { mode: 0o600, flag: "wx" });
  await chmod(temporary, 0o600);
  await rename(temporary, file);
}
