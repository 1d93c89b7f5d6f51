import { createServer, type Server } from "node:http";
import type { Duplex } from "node:stream";
import { forward } from "./forward";
import { listenOnLoopback } from "./loopback";
import { join, splice } from "./tunnel";

export interface ConnectProxy {
  readonly url: string;
  close(): Promise<void>;
}

/** Lookup decides to which loopback port a host:port leads; undefined = nobody answers there. */
export type Lookup = (host: string, port: number) => number | undefined;

/** createConnectProxy tunnels by HTTP CONNECT and forwards plain HTTP, to where lookup leads; undefined = 502. */
export async function createConnectProxy(lookup: Lookup): Promise<ConnectProxy> {
  const bound = await listenOnLoopback(createConnectServer(lookup));
  return { url: `http://127.0.0.1:${bound.port}`, close: () => bound.close() };
}

/** createConnectServer is that proxy before it listens anywhere. */
export function createConnectServer(lookup: Lookup): Server {
  const server = createServer((request, response) => {
    forward(lookup, request, response);
  });
  server.on("connect", (request, client: Duplex, head: Buffer) => {
    void tunnel(request.url ?? "", client, head);
  });
  return server;

  async function tunnel(target: string, client: Duplex, head: Buffer): Promise<void> {
    client.on("error", () => client.destroy());
    const separator = target.lastIndexOf(":");
    const host = target.slice(0, separator).replace(/^\[|\]$/g, "");
    const port = lookup(host, Number(target.slice(separator + 1)));
    const upstream = port === undefined ? undefined : await join(port).catch(() => undefined);
    if (upstream === undefined) {
      client.end(
        `HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\nx-lab: nobody answers at ${target}\r\n\r\n`,
      );
      return;
    }
    client.write("HTTP/1.1 200 Connection established\r\n\r\n");
    if (head.length > 0) upstream.write(head);
    splice(client, upstream);
  }
}
