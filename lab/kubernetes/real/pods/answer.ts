import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
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
  const busy = new Map<Socket, number>();
  let isDraining = false;
  const server = createServer((request, response) => {
    const { socket } = request;
    busy.set(socket, (busy.get(socket) ?? 0) + 1);
    response.once("close", () => {
      busy.set(socket, (busy.get(socket) ?? 1) - 1);
    });
    if (isDraining) response.setHeader("connection", "close");
    void misbehaviour.before(request, response).then((mayAnswer) => {
      if (mayAnswer) answer(request, response, port, identity);
    });
  });
  server.on("connection", (socket) => {
    busy.set(socket, 0);
    socket.once("close", () => busy.delete(socket));
  });
  // Longer than any proxy keeps an idle connection: the proxy closes it, never the pod.
  server.keepAliveTimeout = 120_000;
  const listen = (): void => void server.listen(port, address, 1024);
  listen();
  await once(server, "listening");
  const refuse = (): Promise<unknown> => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const [socket, requests] of busy) if (requests === 0) socket.destroy();
    return closed;
  };
  misbehaviour.onRefuse((milliseconds) => {
    void refuse();
    setTimeout(() => {
      if (!isDraining) listen();
    }, milliseconds);
  });
  return {
    port,
    async drain() {
      isDraining = true;
      await refuse();
    },
    close() {
      isDraining = true;
      server.close();
      server.closeAllConnections();
    },
  };
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
