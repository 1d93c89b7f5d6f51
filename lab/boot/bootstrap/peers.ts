import { createServer as createTlsServer, type ServerOptions } from "node:https";
import { createServer, type Server, type Socket } from "node:net";
import { TLSSocket } from "node:tls";
import { serverCertificate } from "../../network/certificate";
import type { Peer } from "../subject";

/** servePeer lets somebody answer at an address that this side of the private network has. It returns how to end that. */
export async function servePeer(peer: Peer): Promise<() => Promise<void>> {
  if (peer.kind === "hangs") return listen(createServer(), peer.address, 9345);
  const { certificatePem: cert, keyPem: key } = await serverCertificate(peer.server, "rke2", [peer.address]);
  const supervisor = createTlsServer({ cert, key }, (_, response) => response.end("pong"));
  const known = { requestCert: true, rejectUnauthorized: false, ca: peer.client.certificatePem };
  const close = [
    await listen(supervisor, peer.address, 9345),
    await listen(apiServer({ cert, key, ...known }, peer.node), peer.address, 6443),
  ];
  return async () => void (await Promise.all(close.map((each) => each())));
}

/** apiServer answers for the Node of whoever has a client certificate of the cluster, and 401 to everybody else. */
function apiServer(
  options: ServerOptions,
  { get, delete: removed = 200 }: Extract<Peer, { kind: "serves" }>["node"],
): Server {
  const answers = [...get];
  return createTlsServer(options, (request, response) => {
    const isKnown = request.socket instanceof TLSSocket && request.socket.authorized;
    const status = request.method === "DELETE" ? removed : (answers[0] ?? 404);
    if (isKnown && request.method === "GET" && answers.length > 1) answers.shift();
    response.writeHead(isKnown ? status : 401).end();
  });
}

/** listen; closing it also ends the connections that hang on it. */
async function listen(server: Server, host: string, port: number): Promise<() => Promise<void>> {
  const open = new Set<Socket>();
  server.on("connection", (socket) => {
    open.add(socket.on("error", () => undefined));
    socket.once("close", () => open.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, host, resolve);
  });
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of open) socket.destroy();
    });
}
