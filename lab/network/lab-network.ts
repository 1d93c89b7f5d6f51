import type { Server } from "node:net";
import { createConnectProxy } from "./connect-proxy";
import type { LabNetwork } from "./contract";
import { listenOnLoopback, type LoopbackServer } from "./loopback";
import { createSocksProxy } from "./socks-proxy";

/** createLabNetwork starts an empty network: until something is attached, both proxies refuse every address. */
export async function createLabNetwork(): Promise<LabNetwork> {
  const attached = new Map<string, LoopbackServer>();
  const aliases = new Map<string, string>();
  const refused: string[] = [];

  const lookup = (host: string, port: number): number | undefined => {
    const target = aliases.get(host.toLowerCase()) ?? host;
    return attached.get(key(target, port))?.port;
  };
  const lookupForClient = (host: string, port: number): number | undefined => {
    const found = lookup(host, port);
    if (found === undefined) refused.push(`${host}:${port}`);
    return found;
  };
  const http = await createConnectProxy(lookupForClient);
  const socks = await createSocksProxy(lookupForClient);

  return {
    httpProxyUrl: http.url,
    socksProxyAddress: `127.0.0.1:${socks.port}`,
    refused,
    lookup,
    async attach(host: string, port: number, server: Server) {
      const name = key(host, port);
      if (attached.has(name)) throw new Error(`${name} is taken: two machines of the lab claim one address`);
      const bound = await listenOnLoopback(server);
      if (attached.has(name)) {
        await bound.close();
        throw new Error(`${name} is taken: two machines of the lab claim one address`);
      }
      attached.set(name, bound);
      return async () => {
        if (attached.get(name) === bound) attached.delete(name);
        await bound.close();
      };
    },
    alias(address, target) {
      if (target === undefined) aliases.delete(address.toLowerCase());
      else aliases.set(address.toLowerCase(), target);
    },
    async close() {
      const servers = [...attached.values()];
      attached.clear();
      aliases.clear();
      await Promise.all([http.close(), socks.close(), ...servers.map((server) => server.close())]);
    },
  };
}

function key(host: string, port: number): string {
  return `${host.toLowerCase()}:${port}`;
}
