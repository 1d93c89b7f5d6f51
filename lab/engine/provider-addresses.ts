import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Engine } from "./engine";
import { run } from "./run";

/** RequiredProvider as a stack's `required_providers` names it. */
export interface RequiredProvider {
  readonly source: string;
  readonly version: string;
}

/**
 * providerAddresses asks the engine for the full address of each source: `hashicorp/tls` is kept in another
 * registry by Terraform than by OpenTofu, and only the engine knows which.
 */
export async function providerAddresses(
  engine: Engine,
  providers: readonly RequiredProvider[],
): Promise<ReadonlyMap<string, string>> {
  const folder = await mkdtemp(join(tmpdir(), "slipway-providers-"));
  try {
    await writeRequirements(folder, providers);
    const environment = { CHECKPOINT_DISABLE: "1", HOME: folder, PATH: "/usr/bin:/bin" };
    const asked = await run({
      file: engine.file,
      args: ["providers"],
      cwd: folder,
      environment,
      seconds: 30,
    });
    const printed = [...asked.stdout.matchAll(/provider\[([^\]]+)\]/g)].map((match) => match[1] ?? "");
    return new Map(providers.map(({ source }) => [source, addressOf(source, printed, asked.output)]));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** writeRequirements writes a configuration that needs exactly these providers. */
export async function writeRequirements(
  folder: string,
  providers: readonly RequiredProvider[],
): Promise<void> {
  const required = providers.map((provider, index): [string, RequiredProvider] => [`p${index}`, provider]);
  const configuration = { terraform: { required_providers: Object.fromEntries(required) } };
  await writeFile(join(folder, "main.tf.json"), JSON.stringify(configuration));
}

function addressOf(source: string, printed: readonly string[], output: string): string {
  const name = source.includes("/") ? source : `hashicorp/${source}`;
  const address = printed.find((candidate) => candidate === name || candidate.endsWith(`/${name}`));
  if (address === undefined)
    throw new Error(`the engine names no address for provider ${source}:\n${output}`);
  return address;
}
