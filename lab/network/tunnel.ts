import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { Duplex } from "node:stream";

/** join connects to a loopback port; the socket it gives swallows later errors by closing. */
export async function join(port: number): Promise<Socket> {
  const socket = connect({ host: "127.0.0.1", port });
  await once(socket, "connect");
  socket.on("error", () => socket.destroy());
  return socket;
}

/** splice carries bytes both ways until either side leaves. */
export function splice(client: Duplex, upstream: Socket): void {
  client.once("close", () => {
    upstream.destroySoon();
  });
  upstream.once("close", () => client.end());
  upstream.pipe(client).pipe(upstream);
}
