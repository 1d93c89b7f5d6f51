import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createConnectProxy } from "../../network/connect-proxy";
import type { GuestNetwork } from "../cloud-init/network-config";
import type { Console } from "../console";
import { reachFrom } from "../reach";
import { isOutside } from "../release-site";
import type { Guest } from "../rke2/world";
import type { Surroundings } from "../surroundings";
import { openBus, type Program } from "./bus";
import { curlRoute } from "./curl-route";
import { Kernel } from "./kernel";
import { layPrograms } from "./programs";
import { Shell } from "./shell";

export interface ComputerOptions {
  readonly machine: string;
  readonly root: string;
  readonly hostname: string;
  readonly network: GuestNetwork;
  readonly console: Console;
}

/** Computer is a machine that is on: a shell, the programs the lab plays for it, and its own way into the network. */
export interface Computer extends Guest {
  readonly shell: Shell;
  /** programs, what the lab plays; more may be added while the machine boots. */
  readonly programs: Record<string, Program>;
  readonly kernel: Kernel;
  /** reachesOutside without a proxy. */
  readonly reachesOutside: boolean;
  close(): Promise<void>;
}

/** startComputer lays out what scripts need; nothing runs yet. */
export async function startComputer(around: Surroundings, options: ComputerOptions): Promise<Computer> {
  const { root, network, console } = options;
  const folder = mkdtempSync(join(around.folder, "on-"));
  const path = join(folder, "bus");
  const reachesOutside = around.proxies.length === 0;
  const inNetwork = reachFrom(around.network, () => network);
  const reach: Guest["reach"] = (host, port) =>
    !reachesOutside && isOutside(host) ? undefined : inNetwork(host, port);
  const proxy = await createConnectProxy(reach);
  const programs: Record<string, Program> = { "curl-route": curlRoute(reach, proxy.url) };
  const bus = await openBus(path, programs, (call) => console.commands.push(`(${call})`));
  layPrograms(join(folder, "bin"), { busPath: path, clockFile: around.clock.file, ownWay: proxy.url });
  for (const each of ["tmp", "root", "run/systemd/resolve"]) mkdirSync(join(root, each), { recursive: true });
  const resolvers = network.nameservers.map((address) => `nameserver ${address}\n`).join("");
  writeFileSync(join(root, "run/systemd/resolve/resolv.conf"), resolvers);
  const environment = {
    SSL_CERT_FILE: around.authority.certificateFile,
    CURL_CA_BUNDLE: around.authority.certificateFile,
    TMPDIR: join(root, "tmp"),
  };
  const shell = new Shell({ root, programs: join(folder, "bin"), console, environment });
  return {
    ...options,
    reach,
    shell,
    programs,
    kernel: new Kernel(root),
    reachesOutside,
    async close() {
      shell.killAll();
      await Promise.all([proxy.close(), bus.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
