import type { Guest } from "../rke2/world";
import type { Backend, BackendServer, HaproxyConfig } from "./haproxy-config";
import { type HealthCheck, healthCheckOf } from "./health-check";

/** Judged is a server of a backend and whether connections are led to it. */
export interface Judged {
  readonly server: BackendServer;
  isUp(): boolean;
}

export interface Pools {
  /** of tells the servers of a backend. */
  of(backend: string): readonly Judged[];
  close(): void;
}

/** roundMs stands for `inter`; how often a check has to fail or to hold is as the file says. */
const roundMs = 250;

/** watchPools checks every server again and again; fell is called when one is no longer up. */
export function watchPools(
  guest: Guest,
  { backends }: HaproxyConfig,
  fell: (backend: string, server: string) => void,
): Pools {
  const pools = new Map<string, Judged[]>();
  const stops: (() => void)[] = [];
  const checked = backends.filter(({ servers }) => servers.every(({ keywords }) => keywords.has("check")));
  for (const backend of checked) {
    const watched = backend.servers.map((server) =>
      watch(guest, backend, server, (name) => {
        for (const follower of [backend.name, ...followersOf(backends, `${backend.name}/${name}`)])
          fell(follower, name);
      }),
    );
    pools.set(backend.name, watched);
    stops.push(...watched.map(({ stop }) => stop));
  }
  for (const backend of backends) {
    if (!pools.has(backend.name))
      pools.set(
        backend.name,
        backend.servers.map((server) => follow(pools, server)),
      );
  }
  return {
    of: (backend) => pools.get(backend) ?? [],
    close() {
      for (const stop of stops) stop();
    },
  };
}

/** watch a server, which HAProxy supposes up until the first check. */
function watch(
  guest: Guest,
  backend: Backend,
  server: BackendServer,
  fell: (server: string) => void,
): Judged & { readonly stop: () => void } {
  const check = healthCheckOf(guest, backend, server);
  const needed = {
    up: Number(server.keywords.get("rise") ?? 2),
    down: Number(server.keywords.get("fall") ?? 3),
  };
  let up = true;
  let contrary = needed.down - 1;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const round = async (ask: HealthCheck): Promise<void> => {
    const held = await ask();
    if (stopped) return;
    contrary = held === up ? 0 : contrary + 1;
    if (contrary >= (up ? needed.down : needed.up)) {
      up = !up;
      contrary = 0;
      guest.console.say(`haproxy: Server ${backend.name}/${server.name} is ${up ? "UP" : "DOWN"}`);
      if (!up) fell(server.name);
    }
    timer = setTimeout(() => void round(ask), roundMs).unref();
  };
  void round(check);
  return {
    server,
    isUp: () => up,
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

/** follow the verdict on another server. */
function follow(pools: ReadonlyMap<string, readonly Judged[]>, server: BackendServer): Judged {
  const [backend = "", name = ""] = (server.keywords.get("track") ?? "").split("/");
  const leader = pools.get(backend)?.find((judged) => judged.server.name === name);
  if (leader === undefined)
    throw new Error(`[ALERT] server ${server.name}: it is neither checked nor tracks one that is`);
  return { server, isUp: () => leader.isUp() };
}

function followersOf(backends: readonly Backend[], leader: string): string[] {
  return backends.flatMap(({ name, servers }) =>
    servers.some(({ keywords }) => keywords.get("track") === leader) ? [name] : [],
  );
}
