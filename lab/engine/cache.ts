import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";

/** cached returns the cache folder of that name, made once by `make`; two processes making it at once agree on one. */
export async function cached(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(cacheRoot(), name);
  if (existsSync(folder)) return folder;
  await mkdir(cacheRoot(), { recursive: true });
  const making = await mkdtemp(join(cacheRoot(), ".making-"));
  try {
    await make(making);
    await rename(making, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  } finally {
    await rm(making, { recursive: true, force: true });
  }
  return folder;
}

/** cachedAlready returns that folder if it was made before. */
export function cachedAlready(name: string): string | undefined {
  const folder = join(cacheRoot(), name);
  return existsSync(folder) ? folder : undefined;
}

export function shortHash(content: string): string {
  return createHash("sha256").update(content).digest("hex").slice(0, 12);
}

function cacheRoot(): string {
  return join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "slipway");
}
