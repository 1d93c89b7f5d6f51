import { existsSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import { run } from "../../engine/run";

/** Binary of nginx and what it was built with. */
export interface Binary {
  readonly file: string;
  readonly version: string;
  readonly hasHttp2Directive: boolean;
  /** streamModule, a file to load; "built in", or undefined where there is none. */
  readonly streamModule: string | undefined;
}

/** findNginx on a search path. */
export async function findNginx(path: string): Promise<Binary | undefined> {
  const file = path
    .split(delimiter)
    .filter((folder) => isAbsolute(folder))
    .map((folder) => join(folder, "nginx"))
    .find((candidate) => existsSync(candidate));
  if (file === undefined) return undefined;
  const command = { file, args: ["-V"], cwd: "/", environment: {}, seconds: 10 };
  const { code, output } = await run(command);
  const version = /nginx\/(\d+\.\d+\.\d+)/.exec(output)?.[1];
  if (code !== 0 || version === undefined) return undefined;
  return {
    file,
    version,
    hasHttp2Directive: isAtLeast(version, [1, 25, 1]),
    streamModule: streamModuleOf(output),
  };
}

function streamModuleOf(built: string): string | undefined {
  if (/--with-stream(?=\s|'|$)/m.test(built)) return "built in";
  const folder = /--modules-path=(\S+)/.exec(built)?.[1];
  if (folder === undefined) return undefined;
  const module = join(folder, "ngx_stream_module.so");
  return existsSync(module) ? module : undefined;
}

function isAtLeast(version: string, least: readonly number[]): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split(".").map(Number);
  const [leastMajor = 0, leastMinor = 0, leastPatch = 0] = least;
  if (major !== leastMajor) return major > leastMajor;
  return minor === leastMinor ? patch >= leastPatch : minor > leastMinor;
}
