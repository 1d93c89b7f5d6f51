import { existsSync } from "node:fs";
import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cached, shortHash } from "./cache";
import type { Engine } from "./engine";
import { operatorEnvironment } from "./environment";
import { type RequiredProvider, writeRequirements } from "./provider-addresses";
import { run } from "./run";

/**
 * downloadProviders returns a filesystem mirror with every provider, fetched by the engine's own `init` once and
 * then reused; undefined if they cannot be had, which `say` is told with the engine's reason.
 */
export async function downloadProviders(
  engine: Engine,
  providers: readonly RequiredProvider[],
  say: (line: string) => void,
): Promise<string | undefined> {
  const wanted = providers.map(({ source, version }) => `${source} ${version}`).sort();
  const name = `providers-${engine.name.toLowerCase()}-${engine.platform}-${shortHash(wanted.join("\n"))}`;
  try {
    return await cached(name, async (mirror) => {
      const [first] = providers;
      if (first === undefined) return;
      await download(engine, [first], mirror, probeSeconds);
      say("fetching providers from their registry, once");
      await download(engine, providers, mirror, 900);
    });
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    say(`the registry of providers cannot be used here: ${error.message}`);
    return undefined;
  }
}

/** installedVersion of a provider in a mirror, by its full address; undefined if the mirror lacks it. */
export async function installedVersion(mirror: string, address: string): Promise<string | undefined> {
  const folder = join(mirror, ...address.split("/"));
  return existsSync(folder) ? (await readdir(folder)).at(0) : undefined;
}

class Unavailable extends Error {}

const probeSeconds = 20;

/** download copies what `init` installed: the layout of its own folder is that of an unpacked mirror. */
async function download(
  engine: Engine,
  providers: readonly RequiredProvider[],
  mirror: string,
  seconds: number,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "slipway-init-"));
  try {
    await writeRequirements(folder, providers);
    const environment = {
      ...operatorEnvironment(),
      CHECKPOINT_DISABLE: "1",
      TF_REGISTRY_CLIENT_TIMEOUT: "5",
      TF_REGISTRY_DISCOVERY_RETRY: "0",
    };
    const args = ["init", "-input=false", "-no-color"];
    const done = await run({ file: engine.file, args, cwd: folder, environment, seconds });
    if (done.code !== 0) throw new Unavailable(reasonOf(done.output));
    await cp(join(folder, ".terraform", "providers"), mirror, { recursive: true, dereference: true });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** reasonOf is the paragraph below the engine's error title, as one line. */
function reasonOf(output: string): string {
  const paragraphs = output
    .replace(/[│╷╵]/g, " ")
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replace(/\s+/g, " ").trim());
  const title = paragraphs.findIndex((paragraph) => paragraph.includes("Error: "));
  return paragraphs[title + 1] ?? paragraphs[title] ?? output;
}
