import { createConnection, type Socket } from "node:net";

/** SocksProxy that the provider speaks SSH through. */
export interface SocksProxy {
  /** server, `host:port`. */
  readonly server: string;
  readonly username?: string;
  readonly password?: string;
}

/** throughSocks connects to an address by SOCKS 5. Source: RFC 1928, RFC 1929 */
export async function throughSocks(proxy: SocksProxy, host: string, port: number): Promise<Socket> {
  const [, proxyHost = "", proxyPort = ""] = /^\[?(.*?)\]?:(\d+)$/.exec(proxy.server) ?? [];
  const socket = createConnection({ host: proxyHost, port: Number(proxyPort) });
  socket.setTimeout(10_000, () => socket.destroy(new Error("no answer within 10 s")));
  const read = readerOf(socket);
  try {
    const { username, password } = proxy;
    socket.write(Buffer.from(username === undefined ? [5, 1, 0] : [5, 2, 0, 2]));
    const [, method] = await read(2);
    if (method === 2) {
      socket.write(Buffer.concat([Buffer.from([1]), counted(username ?? ""), counted(password ?? "")]));
      const [, refused] = await read(2);
      if (refused !== 0) throw new Error("the SOCKS proxy refuses its login");
    } else if (method !== 0) throw new Error("the SOCKS proxy wants another login");
    const end = Buffer.alloc(2);
    end.writeUInt16BE(port);
    socket.write(Buffer.concat([Buffer.from([5, 1, 0, 3]), counted(host), end]));
    const [, reply, , kind] = await read(4);
    if (reply !== 0)
      throw new Error(`the SOCKS proxy cannot reach ${host}:${port} (reply ${reply ?? "none"})`);
    const [length = 0] = kind === 3 ? await read(1) : [kind === 4 ? 16 : 4];
    await read(length + 2);
  } catch (error) {
    socket.destroy();
    throw error;
  }
  socket.setTimeout(0);
  return socket;
}

function counted(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([Buffer.from([bytes.length]), bytes]);
}

/** readerOf so many bytes at a time, and what comes after them stays in the socket. */
function readerOf(socket: Socket): (length: number) => Promise<Buffer> {
  return (length) =>
    new Promise((resolve, reject) => {
      const closed = (): void => reject(new Error("the SOCKS proxy closed the connection"));
      const look = (): void => {
        const bytes: unknown = socket.read(length);
        if (!Buffer.isBuffer(bytes)) return;
        socket.off("readable", look).off("error", reject).off("close", closed);
        resolve(bytes);
      };
      socket.on("readable", look).once("error", reject).once("close", closed);
      look();
    });
}
