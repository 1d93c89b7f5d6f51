import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import { z } from "zod";
import { listenOnLoopback } from "../../../lab/network/loopback";

/** StateServer keeps and locks states over HTTP as GitLab and Gitea do, for one user. */
export interface StateServer {
  readonly address: string;
  readonly username: string;
  readonly password: string;
  /** states by the last part of their address. */
  readonly states: ReadonlyMap<string, string>;
  close(): Promise<void>;
}

export async function startStateServer(): Promise<StateServer> {
  const states = new Map<string, string>();
  const locks = new Map<string, { readonly id: string; readonly info: string }>();
  const username = "slipway";
  const password = randomBytes(18).toString("hex");
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;

  const answer = (request: IncomingMessage, body: string): readonly [number, string?] => {
    if (request.headers.authorization !== authorization) return [401];
    const { pathname, searchParams } = new URL(request.url ?? "", "http://localhost");
    const [, name = "", lock] = /^\/state\/([^/]+)(\/lock)?$/.exec(pathname) ?? [];
    const held = locks.get(name);
    switch (`${request.method ?? ""} ${lock === undefined ? "state" : "lock"}`) {
      case "GET state":
        return [states.has(name) ? 200 : 404, states.get(name) ?? ""];
      case "POST state":
        if (held !== undefined && held.id !== searchParams.get("ID")) return [409, held.info];
        states.set(name, body);
        return [200];
      case "POST lock":
        if (held !== undefined) return [423, held.info];
        locks.set(name, { id: idOf(body), info: body });
        return [200];
      case "DELETE lock":
        // Without an ID it is the operator who asks.
        if (held !== undefined && body !== "" && idOf(body) !== held.id) return [409, held.info];
        locks.delete(name);
        return [200];
      default:
        return [405];
    }
  };

  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const [status, text] = answer(request, Buffer.concat(parts).toString("utf8"));
      response.writeHead(status).end(text);
    });
  });
  const listening = await listenOnLoopback(server);
  const address = `http://127.0.0.1:${listening.port}/state`;
  return { address, username, password, states, close: () => listening.close() };
}

function idOf(lock: string): string {
  return lockSchema.parse(JSON.parse(lock)).ID;
}

const lockSchema = z.object({ ID: z.string() });
