import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { address, ports } from "./nginx";

export interface Asked {
  readonly host: string;
  readonly path?: string;
  readonly scheme?: "http" | "https";
  /** from this address of loopback. */
  readonly from?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** bytes of a body to send. */
  readonly bytes?: number;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** visit the edge as a visitor of one address. */
export function visit({
  host,
  path = "/",
  scheme = "http",
  from = "127.0.0.2",
  headers = {},
  bytes,
}: Asked): Promise<Answer> {
  const options = {
    host: address,
    port: ports[scheme],
    path,
    localAddress: from,
    headers: { ...headers, Host: host },
    method: bytes === undefined ? "GET" : "POST",
    agent: false,
    // The certificate is made for the test; whose it is, is not what is asked here.
    ...(scheme === "https" ? { servername: host, rejectUnauthorized: false } : {}),
  };
  return new Promise((resolve, reject) => {
    const request = scheme === "https" ? httpsRequest(options) : httpRequest(options);
    request.on("error", reject);
    request.on("upgrade", ({ statusCode = 0, headers: answered }, socket) => {
      socket.destroy();
      resolve({ status: statusCode, headers: answered, body: "" });
    });
    request.on("response", (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(parts).toString("utf8"),
        }),
      );
    });
    request.end(bytes === undefined ? undefined : Buffer.alloc(bytes));
  });
}

/** seen by the upstream that answered. */
export async function seen(asked: Asked): Promise<Seen> {
  const answer = await visit(asked);
  if (answer.status !== 200) throw new Error(`${answer.status} ${answer.body}`);
  const reached: Seen = JSON.parse(answer.body);
  return reached;
}

export interface Seen {
  readonly upstream: "http" | "https";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly serverName?: string | false;
}
