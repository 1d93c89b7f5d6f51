import { constants } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { Duplex } from "node:stream";
import { TLSSocket } from "node:tls";
import type { Upstream as Asked } from "../../config/model/edge";
import { selfSignedAuthority, serverCertificate } from "../../lab/network/certificate";
import { ipv4 } from "./samples";

/** Upstream on loopback that answers with what reached it; `/silent` is never answered. */
export class Upstream {
  /** served counts the requests that came. */
  served = 0;

  private constructor(
    private readonly server: Server,
    private readonly scheme: "http" | "https",
  ) {
    server.on("request", (request: IncomingMessage, response: ServerResponse) =>
      this.answer(request, response),
    );
    server.on("upgrade", (_: IncomingMessage, socket: Duplex) =>
      socket.end("HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n"),
    );
  }

  static async http(): Promise<Upstream> {
    return open(new Upstream(createServer(), "http"));
  }

  static async https(): Promise<Upstream> {
    const authority = await selfSignedAuthority("upstream");
    const { certificatePem, keyPem } = await serverCertificate(authority, "upstream", ["upstream.test.com"]);
    // Node forgets the name that was asked for when a session is resumed, and nginx resumes across hosts.
    const settings = { cert: certificatePem, key: keyPem, secureOptions: constants.SSL_OP_NO_TICKET };
    return open(new Upstream(createTlsServer(settings), "https"));
  }

  get asked(): Asked {
    const bound = this.server.address();
    if (typeof bound !== "object" || bound === null) throw new Error("the upstream does not listen");
    return { scheme: this.scheme, address: ipv4("127.0.0.1"), port: bound.port };
  }

  listen(): Server {
    return this.server.listen(0, "127.0.0.1");
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    this.served += 1;
    if (request.url?.endsWith("/silent") === true) return;
    const serverName =
      request.socket instanceof TLSSocket ? Reflect.get(request.socket, "servername") : undefined;
    response.setHeader("Content-Type", "application/json");
    const seen = { upstream: this.scheme, url: request.url, headers: request.headers, serverName };
    // An answer before the whole body came would close the connection under nginx's hands.
    request.resume().on("end", () => response.end(JSON.stringify(seen)));
  }
}

async function open(upstream: Upstream): Promise<Upstream> {
  await once(upstream.listen(), "listening");
  return upstream;
}
