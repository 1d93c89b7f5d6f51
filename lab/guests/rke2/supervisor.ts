import type { IncomingMessage } from "node:http";
import { createServer, type Server } from "node:https";
import { clientCertificate, type PemPair } from "../../network/certificate";
import type { Cluster } from "./cluster";
import { violate, type World } from "./world";

interface Reply {
  readonly status: number;
  readonly body: string;
}

/**
 * createSupervisor is what answers at 9345: `/ping` and `/cacerts` to anybody, the rest to who shows a token.
 * @see https://github.com/k3s-io/k3s/blob/master/pkg/server/handlers/router.go
 */
export function createSupervisor(world: World, cluster: Cluster, serving: PemPair): Server {
  return createServer({ cert: serving.certificatePem, key: serving.keyPem }, (request, response) => {
    void answer(world, cluster, request)
      .catch((error: unknown) => reply(500, error instanceof Error ? error.message : String(error)))
      .then(({ status, body }) => {
        response.writeHead(status, { "content-type": "text/plain" });
        response.end(body);
      });
  });
}

async function answer(world: World, cluster: Cluster, request: IncomingMessage): Promise<Reply> {
  const path = (request.url ?? "").split("?")[0] ?? "";
  if (path === "/ping") return reply(200, "pong");
  if (path === "/cacerts") return reply(200, cluster.options.authorities.server.certificatePem);
  const shown = credentials(request);
  const role = roleOf(cluster, shown.password);
  if (role === undefined) return reply(401, "not authorized");
  if (path === "/v1-rke2/readyz")
    return reply(cluster.hasQuorum() ? 200 : 503, cluster.hasQuorum() ? "ok" : "not ready");
  if (path === "/v1-rke2/server-bootstrap") {
    if (role !== "server" || shown.user !== "server") return reply(403, "Forbidden");
    const { authorities, critical } = cluster.options;
    return reply(200, JSON.stringify({ cluster: cluster.id, files: authorities.files, critical }));
  }
  if (path === "/v1-rke2/client-kubelet.crt") {
    const name = header(request, "rke2-node-name");
    if (role === "server") violate(world, `agent ${name} holds the server token: it could become a server`);
    if (!cluster.hasQuorum()) return reply(503, "etcdserver: no leader");
    try {
      cluster.admit(name, header(request, "rke2-node-password"));
    } catch (error) {
      return reply(403, error instanceof Error ? error.message : String(error));
    }
    const pair = await clientCertificate(cluster.options.authorities.client, {
      commonName: `system:node:${name}`,
      organization: "system:nodes",
    });
    return reply(
      200,
      JSON.stringify({ ...pair, clientCa: cluster.options.authorities.client.certificatePem }),
    );
  }
  return reply(404, "404 page not found");
}

function roleOf(cluster: Cluster, password: string): "server" | "agent" | undefined {
  if (password === cluster.options.serverPassword) return "server";
  return password === cluster.options.agentPassword ? "agent" : undefined;
}

function credentials(request: IncomingMessage): { user: string; password: string } {
  const [, encoded = ""] = /^Basic (.+)$/.exec(request.headers.authorization ?? "") ?? [];
  const [user = "", password = ""] = Buffer.from(encoded, "base64").toString().split(":");
  return { user, password };
}

function header(request: IncomingMessage, name: string): string {
  const value = request.headers[name];
  return typeof value === "string" ? value : "";
}

function reply(status: number, body: string): Reply {
  return { status, body };
}
