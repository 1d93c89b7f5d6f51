import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { once } from "node:events";
import type { Misbehaviour } from "./misbehaviour";

/** Answer is what a pod of the lab says to any request: who it is, and what reached it. */
export interface Answer {
  readonly pod: string;
  readonly namespace: string;
  readonly node: string;
  /** services that select this pod, by name. */
  readonly services: readonly string[];
  readonly port: number;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  /** peer, the address from which the connection came. */
  readonly peer: string;
}

export type Identity = Pick<Answer, "pod" | "namespace" | "node"> & {
  readonly services: () => readonly string[];
};

export interface AnsweringServer {
  readonly port: number;
  /** drain takes no new connection and resolves when those that are open have ended. */
  drain(): Promise<void>;
  /** close cuts what is open. */
  close(): void;
}

/** startAnswering listens on one address and port as the program in a pod would; it is a stand-in for that program. */
export async function startAnswering(
  address: string,
  port: number,
  identity: Identity,
  misbehaviour: Misbehaviour,
): Promise<AnsweringServer> {
  let isDraining = false;
  const server = createServer((request, response) => {
    if (isDraining) response.setHeader("connection", "close");
    void misbehaviour.before(request, response).then((mayAnswer) => {
      if (mayAnswer) answer(request, response, port, identity);
    });
  });
  // Longer than any proxy keeps an idle connection: the proxy closes it, never the pod.
  server.keepAliveTimeout = 120_000;
  server.listen(port, address, 1024);
  await once(server, "listening");
  return {
    port,
    async drain() {
      isDraining = true;
      await drained(server);
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function drained(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  await closed;
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  port: number,
  { services, ...identity }: Identity,
): void {
  request.resume();
  const headers = Object.fromEntries(
    Object.entries(request.headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  const content: Answer = {
    ...identity,
    services: services(),
    port,
    method: request.method ?? "",
    path: request.url ?? "",
    headers,
    peer: request.socket.remoteAddress ?? "",
  };
  response.setHeader("content-type", "application/json");
  response.end(`${JSON.stringify(content)}\n`);
}
