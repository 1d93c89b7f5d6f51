import { existsSync, readFileSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { join as connectTo, splice } from "../../network/tunnel";
import { loopbackOf } from "../reach";
import type { Guest, World } from "../rke2/world";
import type { RunningService } from "../system/service-manager";
import { type Frontend, readHaproxy } from "./haproxy-config";
import { type Judged, type Pools, watchPools } from "./pool";

/** startHaproxy reads this machine's own haproxy.cfg and leads connections as it says. */
export async function startHaproxy(world: World, guest: Guest): Promise<RunningService> {
  const path = "/etc/haproxy/haproxy.cfg";
  if (!existsSync(join(guest.root, path))) throw new Error(`[ALERT] Cannot open configuration file ${path}`);
  const config = readHaproxy(readFileSync(join(guest.root, path), "utf8"));
  const sessions = new Sessions();
  const pools = watchPools(guest, config, (backend, server) => {
    sessions.end(backend, server);
  });
  const detach: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    pools.close();
    await Promise.all(detach.map((each) => each()));
  };
  try {
    for (const frontend of config.frontends) {
      for (const { address, port } of frontend.binds) {
        for (const host of hostsOf(guest, address)) {
          detach.push(await world.network.attach(host, port, serverOf(guest, frontend, pools, sessions)));
        }
      }
    }
  } catch (error) {
    await stop();
    throw error;
  }
  guest.console.say(`haproxy: started, ${config.frontends.map(({ name }) => name).join(", ")}`);
  return { died: new Promise(() => undefined), stop };
}

/** Sessions that lead through to a server, ended where the configuration says so when it goes down. */
class Sessions {
  private readonly open = new Map<string, Set<Socket>>();

  count(backend: string, server: string): number {
    return this.open.get(`${backend}/${server}`)?.size ?? 0;
  }

  add(backend: string, server: string, upstream: Socket): void {
    const key = `${backend}/${server}`;
    const sockets = this.open.get(key) ?? new Set();
    this.open.set(key, sockets.add(upstream));
    upstream.once("close", () => sockets.delete(upstream));
  }

  end(backend: string, server: string): void {
    for (const socket of this.open.get(`${backend}/${server}`) ?? []) socket.destroy();
  }
}

/** hostsOf a bind: every address of the machine, or one of it. */
function hostsOf({ network }: Guest, address: string): string[] {
  const own = network.interfaces.flatMap(({ addresses }) => addresses.map((each) => each.address));
  if (address === "*") return own;
  if (address === "127.0.0.1") return own.slice(0, 1).map(loopbackOf);
  if (own.includes(address)) return [address];
  throw new Error(`[ALERT] cannot bind socket (Cannot assign requested address) [${address}]`);
}

function serverOf(guest: Guest, frontend: Frontend, pools: Pools, sessions: Sessions): Server {
  const { mode, backend = "", monitor } = frontend;
  if (mode === "tcp") return createServer((client) => void lead(guest, client, backend, pools, sessions));
  return createHttpServer((request, response) => {
    if (monitor === undefined || request.url !== monitor.uri) {
      response.writeHead(503).end();
      return;
    }
    const living = pools.of(monitor.backend).filter((judged) => judged.isUp());
    response.writeHead(living.length < monitor.least ? 503 : 200).end();
  });
}

/** lead a connection to the server with the fewest that takes it; where there is none, it was taken and is closed. */
async function lead(
  guest: Guest,
  client: Socket,
  backend: string,
  pools: Pools,
  sessions: Sessions,
): Promise<void> {
  client.on("error", () => client.destroy());
  const least = (a: Judged, b: Judged): number =>
    sessions.count(backend, a.server.name) - sessions.count(backend, b.server.name);
  for (const { server } of pools
    .of(backend)
    .filter((judged) => judged.isUp())
    .sort(least)) {
    const port = guest.reach(server.address, server.port);
    const upstream = port === undefined ? undefined : await connectTo(port).catch(() => undefined);
    if (upstream === undefined) continue;
    sessions.add(backend, server.name, upstream);
    splice(client, upstream);
    return;
  }
  client.destroy();
}
