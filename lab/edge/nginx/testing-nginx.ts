import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Part } from "../../engine/part";
import { run } from "../../engine/run";
import type { Dialect } from "./dialect";
import type { Binary } from "./find-nginx";
import { configurationFile, inProxysWords, layOut } from "./folder";
import type { Nginx } from "./nginx";

/** argumentsOf an nginx that keeps everything below its folder. */
export function argumentsOf(folder: string): string[] {
  return ["-p", `${folder}/`, "-c", configurationFile(folder), "-e", "logs/error.log"];
}

/** testFiles with `nginx -t`: its words when it refuses, with the proxy's paths in them. */
export async function testFiles(binary: Binary, folder: string): Promise<string | undefined> {
  const args = ["-t", ...argumentsOf(folder)];
  const { code, output } = await run({ file: binary.file, args, cwd: "/", environment: {}, seconds: 30 });
  return code === 0 ? undefined : inProxysWords(folder, output);
}

/** withoutStreams, what a part says of an nginx that lacks the module. */
export function withoutStreams({ streamModule }: Binary): string {
  return streamModule === undefined ? ", without streams (no libnginx-mod-stream)" : "";
}

/**
 * testingNginx is a real nginx that tests the files and serves nobody. A test binds what the files listen on, so here
 * they listen on sockets in a folder, never on an address.
 */
export async function testingNginx(binary: Binary, folder: string): Promise<Nginx> {
  const sockets = await mkdtemp(join(tmpdir(), "edge-"));
  const { hasHttp2Directive, streamModule, version } = binary;
  const dialect: Dialect = {
    data: join(folder, "data"),
    listen: (port) => `unix:${sockets}/${port}`,
    hasHttp2Directive,
  };
  await layOut(folder, { dialect, user: undefined, address: undefined, streamModule });
  const part: Part = {
    name: `nginx of the edge: nginx -t reads its files${withoutStreams(binary)}, nobody is served`,
    kind: "stand-in",
    version,
  };
  return {
    state: "left out",
    part,
    dialect,
    test: () => testFiles(binary, folder),
    reload: () => Promise.resolve(),
    log: () => [],
    close: () => rm(sockets, { recursive: true, force: true }),
  };
}
