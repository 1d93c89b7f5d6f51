import { readFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { addresses } from "../../kubernetes/real/network/addresses";
import { startDaemon, untilReady } from "../../kubernetes/real/daemon";
import type { Dialect } from "./dialect";
import type { Binary } from "./find-nginx";
import { layOut } from "./folder";
import type { Nginx } from "./nginx";
import { argumentsOf, testFiles, withoutStreams } from "./testing-nginx";

const patienceMs = 15_000;
const shownLines = 30;

/** realNginx serves at the address, which this process's network namespace is given. */
export async function realNginx(binary: Binary, folder: string, address: string): Promise<Nginx> {
  const { hasHttp2Directive, streamModule, version } = binary;
  const dialect: Dialect = {
    data: join(folder, "data"),
    listen: (port) => `${address}:${port}`,
    hasHttp2Directive,
  };
  const user = process.getuid?.() === 0 ? userInfo().username : undefined;
  await layOut(folder, { dialect, user, streamModule, address });
  const release = await addresses.hold(address);
  const errorLog = join(folder, "logs/error.log");
  const output = join(folder, "logs/nginx.log");
  const daemon = startDaemon({
    name: "nginx",
    file: binary.file,
    args: argumentsOf(folder),
    log: output,
  });
  const lines = (): string[] => linesOf(errorLog);
  await untilReady(daemon, output, patienceMs / 1000, () =>
    Promise.resolve(lines().some((line) => line.includes("start worker process "))),
  );

  return {
    state: "real",
    part: { name: `nginx of the edge${withoutStreams(binary)}`, kind: "real", version },
    dialect,
    test: () => testFiles(binary, folder),
    reload,
    log: () => [
      ...lines().slice(-shownLines),
      ...linesOf(join(folder, "logs/access.log")).slice(-shownLines),
    ],
    async close() {
      await daemon.stop();
      await release();
    },
  };

  /** reload and wait until the old worker takes no more connections, or the master says that it keeps the old files. */
  async function reload(): Promise<void> {
    const before = lines().length;
    process.kill(daemon.pid, "SIGHUP");
    const deadline = performance.now() + patienceMs;
    while (!lines().slice(before).some(isEndOfReload)) {
      const failure = daemon.failure();
      if (failure !== undefined) throw new Error(failure);
      if (performance.now() > deadline)
        throw new Error(`nginx did not reload:\n${lines().slice(before).join("\n")}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

/** isEndOfReload: a bind that fails is tried again, and only then given up. */
function isEndOfReload(line: string): boolean {
  return line.includes("gracefully shutting down") || /\[emerg\] (?!.*(bind\(\) to|initgroups))/.test(line);
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, "utf8").trimEnd().split("\n");
  } catch {
    return [];
  }
}
