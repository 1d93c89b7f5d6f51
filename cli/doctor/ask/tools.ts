import { basename } from "node:path";
import { onPath } from "../../../lab/engine/engine";
import { run } from "../../../lab/engine/run";
import { engineOnPath } from "../../stacks/engine";
import { Mistake } from "../../mistake";
import type { Tool, Tools } from "../judge/tools";

type Environment = Readonly<Record<string, string | undefined>>;

/** askTools of this machine for their versions, on the PATH that a deploy has. */
export async function askTools(environment: Environment): Promise<Tools> {
  const [engine, curl, bash, openssl, kubectl, ssh] = await Promise.all([
    engineTool(environment),
    toolOnPath(environment, "curl", "--version"),
    toolOnPath(environment, "bash", "--version"),
    toolOnPath(environment, "openssl", "version"),
    toolOnPath(environment, "kubectl", "version", "--client"),
    toolOnPath(environment, "ssh", "-V"),
  ]);
  return { node: process.versions.node, engine, curl, bash, openssl, kubectl, ssh };
}

async function engineTool(environment: Environment): Promise<Tools["engine"]> {
  const wanted = environment["TERRAFORM_BINARY_NAME"];
  const isNamed = wanted !== undefined && wanted !== "";
  try {
    const file = engineOnPath(environment);
    return { ...(await toolAt(environment, file, "version")), program: basename(file), isNamed };
  } catch (error) {
    if (error instanceof Mistake) return { program: wanted ?? "terraform", isNamed };
    throw error;
  }
}

function toolOnPath(environment: Environment, name: string, ...args: readonly string[]): Promise<Tool> {
  const file = onPath(name, environment["PATH"] ?? "");
  return file === undefined ? Promise.resolve({}) : toolAt(environment, file, ...args);
}

/** toolAt a file. Terraform is kept from asking its maker whether there is a newer one. */
async function toolAt(environment: Environment, file: string, ...args: readonly string[]): Promise<Tool> {
  const { code, output } = await run({
    file,
    args,
    cwd: process.cwd(),
    environment: {
      PATH: environment["PATH"] ?? "",
      HOME: environment["HOME"] ?? "",
      CHECKPOINT_DISABLE: "1",
    },
    seconds: 10,
  });
  const [title = ""] = output.split("\n");
  const version = code === 0 ? /\d+(?:\.\d+)+/.exec(title)?.[0] : undefined;
  return { file, ...(version === undefined ? {} : { version }) };
}
