import { request } from "node:https";
import { text } from "node:stream/consumers";
import { checkServerIdentity } from "node:tls";
import type { Guest } from "./world";

export interface PeerRequest {
  readonly method?: "GET" | "POST" | "PATCH";
  readonly url: string;
  /** ca that the answer must come from; without it nobody is checked, as RKE2 fetches /cacerts. */
  readonly ca?: string;
  readonly certificate?: { readonly cert: string; readonly key: string };
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
}

export interface PeerResponse {
  readonly status: number;
  readonly text: string;
}

/** askPeer sends one request from guest, over its own network; Go's words when nobody is there. */
export async function askPeer(guest: Guest, ask: PeerRequest): Promise<PeerResponse> {
  const url = new URL(ask.url);
  const port = guest.reach(url.hostname, Number(url.port));
  const failed = (reason: string): Error => new Error(`${ask.method ?? "Get"} "${ask.url}": ${reason}`);
  if (port === undefined) throw failed(`dial tcp ${url.host}: connect: no route to host`);
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host: "127.0.0.1",
        port,
        path: `${url.pathname}${url.search}`,
        method: ask.method ?? "GET",
        headers: { host: url.host, ...ask.headers },
        agent: false,
        timeout: 10_000,
        rejectUnauthorized: ask.ca !== undefined,
        checkServerIdentity: (_, certificate) => checkServerIdentity(url.hostname, certificate),
        ...(ask.ca === undefined ? {} : { ca: ask.ca }),
        ...ask.certificate,
      },
      (response) => {
        text(response).then((body) => {
          resolve({ status: response.statusCode ?? 0, text: body });
        }, reject);
      },
    );
    outgoing.on("timeout", () =>
      outgoing.destroy(new Error("net/http: request canceled (Client.Timeout exceeded)")),
    );
    outgoing.on("error", (error) => {
      reject(failed(error.message));
    });
    outgoing.end(ask.body === undefined ? undefined : JSON.stringify(ask.body));
  });
}

/** basic makes the header with which RKE2 shows a token. */
export function basic(user: string, password: string): { authorization: string } {
  return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}` };
}
