import { createServer, type IncomingHttpHeaders, request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { addresses } from "../../../lab/kubernetes/real/network/addresses";
import { edgeAddress } from "./stand";

/** visitor, of the documentation's own range (RFC 5737): from anywhere outside. */
export const visitor = "198.51.100.7";

/** Seen by the upstream: what the proxy made of a request. */
export interface Seen {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly peer: string;
}

export interface Visited {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly content: string;
  readonly seen: Seen | undefined;
}

const seenShape = z.object({ url: z.string(), headers: z.record(z.string(), z.string()), peer: z.string() });

/** startUpstream at an address and port 80: it answers with what it sees, and takes an upgrade. */
export async function startUpstream(address: string): Promise<() => Promise<void>> {
  const release = await addresses.hold(address);
  const server = createServer(({ url, headers, socket }, response) => {
    response.setHeader("x-upstream", "yes");
    response.end(JSON.stringify({ url, headers, peer: socket.remoteAddress }));
  });
  server.on("upgrade", (_, socket) => {
    socket.end("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
  });
  await new Promise<void>((resolve) => server.listen(80, address, resolve));
  return async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await release();
  };
}

/** visit a URL at the edge, from outside; https checks the certificate against ca. */
export async function visit(
  url: string,
  { headers = {}, ca, port }: { headers?: Record<string, string>; ca?: string; port?: number } = {},
): Promise<Visited> {
  const target = new URL(url);
  const isTls = target.protocol === "https:";
  const options = {
    host: edgeAddress,
    port: port ?? (isTls ? 443 : 80),
    path: `${target.pathname}${target.search}`,
    headers: { host: target.host, ...headers },
    localAddress: visitor,
    agent: false as const,
    timeout: 10_000,
  };
  return new Promise((resolve, reject) => {
    const outgoing = isTls
      ? httpsRequest({ ...options, ca, servername: target.hostname })
      : httpRequest(options);
    outgoing.once("timeout", () => outgoing.destroy(new Error("no answer")));
    outgoing.once("error", reject);
    outgoing.once("upgrade", (response, socket) => {
      socket.destroy();
      resolve({ status: response.statusCode ?? 0, headers: response.headers, content: "", seen: undefined });
    });
    outgoing.once("response", (response) => {
      text(response).then((content) => {
        const seen =
          response.headers["x-upstream"] === "yes" ? seenShape.parse(JSON.parse(content)) : undefined;
        resolve({ status: response.statusCode ?? 0, headers: response.headers, content, seen });
      }, reject);
    });
    outgoing.end();
  });
}
