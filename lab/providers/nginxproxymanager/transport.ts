import { readFileSync } from "node:fs";
import { request as plain, type IncomingMessage, type RequestOptions } from "node:http";
import { request as encrypted } from "node:https";
import { isIP, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { connect } from "node:tls";
import type { Environment } from "../protocol/provider";

export interface Sent {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface Answered {
  /** status as Go's client writes it: `400 Bad Request`. */
  readonly status: string;
  readonly body: string;
}

/**
 * exchange sends one request the way Go's client does: through `HTTP_PROXY` or `HTTPS_PROXY` by the URL's scheme, except
 * to this machine itself, and trusting `SSL_CERT_FILE`.
 */
export async function exchange(url: URL, sent: Sent, environment: Environment): Promise<Answered> {
  const proxy = proxyFor(url, environment);
  const authority = environment["SSL_CERT_FILE"];
  const ca = authority === undefined ? {} : { ca: readFileSync(authority) };
  const options = {
    method: sent.method,
    headers: {
      ...sent.headers,
      host: url.host,
      "content-length": String(sent.body.length),
      connection: "close",
    },
    path: `${url.pathname}${url.search}`,
    agent: false,
  } satisfies RequestOptions;
  if (url.protocol === "http:") {
    return proxy === undefined
      ? send(plain(url, options), sent.body)
      : send(plain(proxy, { ...options, path: url.href }), sent.body);
  }
  if (proxy === undefined) return send(encrypted(url, { ...options, ...ca }), sent.body);
  const socket = await tunnel(proxy, url);
  const host = bare(url.hostname);
  const createConnection = (): Socket =>
    connect({ socket, host, servername: isIP(host) === 0 ? host : "", ...ca });
  return send(encrypted(url, { ...options, createConnection }), sent.body);
}

function proxyFor(url: URL, environment: Environment): URL | undefined {
  const given = environment[url.protocol === "https:" ? "HTTPS_PROXY" : "HTTP_PROXY"];
  const here = url.hostname === "localhost" || url.hostname.startsWith("127.") || url.hostname === "[::1]";
  return given === undefined || here ? undefined : new URL(given);
}

async function send(request: ReturnType<typeof plain>, body: Buffer): Promise<Answered> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    request.once("response", resolve).once("error", reject).end(body);
  });
  return { status: `${answer.statusCode} ${answer.statusMessage}`, body: await text(answer) };
}

function tunnel(proxy: URL, url: URL): Promise<Socket> {
  const path = `${url.hostname}:${url.port || "443"}`;
  return new Promise((resolve, reject) => {
    plain(proxy, { method: "CONNECT", path, headers: { host: path }, agent: false })
      .once("connect", (answer, socket) => {
        if (answer.statusCode === 200) resolve(socket);
        else reject(new Error(answer.statusMessage));
      })
      .once("error", reject)
      .end();
  });
}

function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, "");
}
