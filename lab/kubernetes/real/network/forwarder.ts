import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { splice } from "../../../network/tunnel";

export interface Backend {
  readonly address: string;
  readonly port: number;
}

/** Choice of where a connection goes, and from which address it seems to come. */
export interface Choice {
  readonly backend: Backend;
  readonly from: string | undefined;
}

/** Forwarder carries the connections to one address and port; it stands in for kube-proxy's rules. */
export interface Forwarder {
  /** retire listens no more; connections that are open go on. */
  retire(): void;
  /** close cuts them too. */
  close(): void;
}

/** startForwarder asks choose anew for each connection; without a choice the connection is reset. */
export async function startForwarder(
  { address, port }: Backend,
  choose: (client: string) => Choice | undefined,
): Promise<Forwarder> {
  const open = new Set<Socket>();
  const server = createServer({ noDelay: true }, (client) => {
    open.add(client);
    client.on("error", () => client.destroy());
    client.once("close", () => open.delete(client));
    const choice = choose(client.remoteAddress ?? "");
    if (choice === undefined) client.resetAndDestroy();
    else carry(client, choice);
  });
  server.listen(port, address, 1024);
  await once(server, "listening");
  const retire = (): void => {
    server.close();
    server.unref();
  };
  return {
    retire,
    close() {
      retire();
      for (const client of open) client.resetAndDestroy();
    },
  };
}

function carry(client: Socket, { backend, from }: Choice): void {
  const upstream = connect({
    host: backend.address,
    port: backend.port,
    noDelay: true,
    ...(from === undefined ? {} : { localAddress: from }),
  });
  upstream.on("error", () => {
    client.resetAndDestroy();
  });
  client.once("close", () => {
    upstream.destroySoon();
  });
  upstream.once("connect", () => {
    splice(client, upstream);
  });
}
