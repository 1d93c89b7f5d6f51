import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { nginxProxyManagerProvider } from "../../../../lab/providers/nginxproxymanager";
import type { Api } from "../../../../lab/providers/nginxproxymanager/api";
import type { Environment } from "../../../../lab/providers/protocol/provider";
import { listenOnLoopback } from "../../../../lab/network/loopback";

/** FakeProxy answers each request with what a test laid down for it, and writes down what it was sent. */
export interface FakeProxy {
  readonly url: string;
  readonly seen: readonly Request[];
  /** answer a request such as `GET /nginx/proxy-hosts/1` from now on. */
  answer(request: string, body: unknown, status?: number): void;
  /** login as the provider does. */
  login(environment?: Environment): Promise<Api>;
  close(): Promise<void>;
}

export interface Request {
  /** line: method and path below `/api`. */
  readonly line: string;
  /** target as it stood in the request: a path, or a whole URL where it was sent through a proxy. */
  readonly target: string;
  readonly authorization: string | undefined;
  readonly contentType: string | undefined;
  readonly body: string;
}

export const account = {
  NGINXPROXYMANAGER_USERNAME: "terraform@test.com",
  NGINXPROXYMANAGER_PASSWORD: "of-the-lab-1",
};

export async function startFakeProxy(): Promise<FakeProxy> {
  const answers = new Map<string, { readonly status: number; readonly body: unknown }>([
    ["POST /tokens", { status: 200, body: { token: "t", expires: "2026-11-22T00:00:00.000Z" } }],
  ]);
  const seen: Request[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const target = request.url ?? "";
      const line = `${request.method} ${target.replace(/^(http:\/\/[^/]+)?\/api/, "")}`;
      const { authorization, "content-type": contentType } = request.headers;
      seen.push({ line, target, authorization, contentType, body });
      const { status, body: answer } = answers.get(line) ?? { status: 404, body: { error: { code: 404 } } };
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer));
    });
  });
  const bound = await listenOnLoopback(server);
  const url = `http://127.0.0.1:${bound.port}`;
  return {
    url,
    seen,
    answer(request, body, status = 200) {
      answers.set(request, { status, body });
    },
    async login(environment = {}) {
      const silent = { url: null, username: null, password: null };
      const surroundings = { ...account, NGINXPROXYMANAGER_URL: url, ...environment };
      const api = await nginxProxyManagerProvider.configure?.(silent, surroundings);
      if (api === undefined) throw new Error("The provider has no configuration.");
      return api;
    },
    close: () => bound.close(),
  };
}
