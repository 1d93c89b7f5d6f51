import { createServer, type IncomingMessage } from "node:http";
import { z } from "zod";
import { listenOnLoopback } from "../../lab/network/loopback";

/** Entry of a discussion as both servers' APIs write it, as far as it is read here. */
export interface Entry {
  readonly id: number;
  body: string;
  readonly user: { readonly type: string };
  readonly author: { readonly id: number };
}

/** FakeForge keeps the discussion of one pull request as GitHub does, and of one merge request as GitLab does. */
export interface FakeForge {
  readonly address: string;
  readonly entries: Entry[];
  /** requests that were answered: method and path, without the query. */
  readonly requests: string[];
  /** refuseWith answers everything from now on with that status. */
  refuseWith(status: number): void;
  close(): Promise<void>;
}

/** token that the fake accepts, as GitHub's and as GitLab's. */
export const token = "forge-token-1f0c";

/** ownId, the user that the token is of. */
export const ownId = 7;

/** entry of a discussion; a bot's is ours on GitHub, on GitLab it is that of our own id. */
export function entry(id: number, body: string, by: "us" | "somebody" = "somebody"): Entry {
  return {
    id,
    body,
    user: { type: by === "us" ? "Bot" : "User" },
    author: { id: by === "us" ? ownId : ownId + 1 },
  };
}

export async function startForge(): Promise<FakeForge> {
  const entries: Entry[] = [];
  const requests: string[] = [];
  let refusal: number | undefined;

  const answer = (request: IncomingMessage, text: string): readonly [number, unknown] => {
    const { pathname, searchParams } = new URL(request.url ?? "", "http://localhost");
    const call = `${request.method ?? ""} ${pathname}`;
    requests.push(call);
    if (refusal !== undefined) return [refusal, { message: "Resource not accessible by integration" }];
    const { authorization, "private-token": privateToken } = request.headers;
    if (authorization !== `Bearer ${token}` && privateToken !== token)
      return [401, { message: "Bad credentials" }];
    if (call === "GET /user") return [200, { id: ownId }];
    const [, list, id] = discussionOf(pathname) ?? [];
    if (list === undefined) return [404, { message: "Not Found" }];
    const known = entries.find((one) => one.id === Number(id));
    switch (request.method) {
      case "GET": {
        const size = Number(searchParams.get("per_page") ?? 20);
        const start = (Number(searchParams.get("page") ?? 1) - 1) * size;
        return [200, entries.slice(start, start + size)];
      }
      case "POST":
        entries.push(entry(entries.length + 1, bodyIn(text), "us"));
        return [201, entries.at(-1)];
      case "PATCH":
      case "PUT":
        if (known === undefined) return [404, { message: "Not Found" }];
        known.body = bodyIn(text);
        return [200, known];
      default:
        return [405, { message: "Method Not Allowed" }];
    }
  };

  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const [status, json] = answer(request, Buffer.concat(parts).toString("utf8"));
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(json));
    });
  });
  const listening = await listenOnLoopback(server);
  return {
    address: `http://127.0.0.1:${listening.port}`,
    entries,
    requests,
    refuseWith: (status) => {
      refusal = status;
    },
    close: () => listening.close(),
  };
}

/** discussionOf a path: GitHub edits a comment outside the list that it is in, GitLab inside. */
function discussionOf(path: string): RegExpExecArray | null {
  return (
    /^\/repos\/home\/cluster\/(issues\/comments)\/(\d+)$/.exec(path) ??
    /^\/repos\/home\/cluster\/(issues\/12\/comments)$/.exec(path) ??
    /^\/projects\/42\/(merge_requests\/12\/notes)(?:\/(\d+))?$/.exec(path)
  );
}

function bodyIn(text: string): string {
  return z.object({ body: z.string() }).parse(JSON.parse(text)).body;
}
