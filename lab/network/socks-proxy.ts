import { createServer, type Socket } from "node:net";
import { listenOnLoopback, type LoopbackServer } from "./loopback";
import { join, splice } from "./tunnel";

const version = 5;
const noAuthentication = 0;
const connectCommand = 1;
const reply = { granted: 0, hostUnreachable: 4, commandNotSupported: 7 } as const;

/** createSocksProxy is a SOCKS5 server (RFC 1928, no authentication, CONNECT); lookup decides where host:port leads. */
export async function createSocksProxy(
  lookup: (host: string, port: number) => number | undefined,
): Promise<LoopbackServer> {
  const server = createServer((client) => {
    client.on("error", () => client.destroy());
    serve(client, lookup).catch(() => client.destroy());
  });
  return listenOnLoopback(server);
}

async function serve(
  client: Socket,
  lookup: (host: string, port: number) => number | undefined,
): Promise<void> {
  const greeting = await take(client, 2);
  if (greeting[0] !== version) throw new Error("not SOCKS5");
  await take(client, greeting[1] ?? 0);
  client.write(Buffer.from([version, noAuthentication]));
  const request = await take(client, 4);
  const host = await address(client, request[3] ?? 0);
  const port = (await take(client, 2)).readUInt16BE(0);
  if (request[1] !== connectCommand) {
    client.end(answer(reply.commandNotSupported));
    return;
  }
  const target = lookup(host, port);
  const upstream = target === undefined ? undefined : await join(target).catch(() => undefined);
  if (upstream === undefined) {
    client.end(answer(reply.hostUnreachable));
    return;
  }
  client.write(answer(reply.granted));
  splice(client, upstream);
}

async function address(client: Socket, type: number): Promise<string> {
  if (type === 1) return [...(await take(client, 4))].join(".");
  if (type === 3) return (await take(client, (await take(client, 1))[0] ?? 0)).toString("latin1");
  if (type === 4) {
    const bytes = await take(client, 16);
    return Array.from({ length: 8 }, (_, group) => bytes.readUInt16BE(group * 2).toString(16)).join(":");
  }
  throw new Error(`unknown SOCKS5 address type ${type}`);
}

function answer(code: number): Buffer {
  return Buffer.from([version, code, 0, 1, 0, 0, 0, 0, 0, 0]);
}

function take(socket: Socket, length: number): Promise<Buffer> {
  if (length === 0) return Promise.resolve(Buffer.alloc(0));
  return new Promise((resolve, reject) => {
    const look = (): void => {
      const bytes: unknown = socket.read(length);
      if (Buffer.isBuffer(bytes))
        settle(() => {
          resolve(bytes);
        });
      else if (socket.readableEnded || socket.destroyed)
        settle(() => {
          reject(new Error("the client left"));
        });
    };
    const settle = (outcome: () => void): void => {
      socket.off("readable", look).off("end", look).off("close", look);
      outcome();
    };
    socket.on("readable", look).on("end", look).on("close", look);
    look();
  });
}
