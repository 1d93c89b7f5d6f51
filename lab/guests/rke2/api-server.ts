import type { IncomingMessage } from "node:http";
import { createServer, type Server } from "node:https";
import { text } from "node:stream/consumers";
import { TLSSocket } from "node:tls";
import type { PemPair } from "../../network/certificate";
import type { Cluster } from "./cluster";
import { nodeList, nodeObject, readNode } from "./node-object";
import type { User } from "./rbac";

interface Reply {
  readonly code: number;
  /** body, an object as JSON and a text as it is. */
  readonly body: object | string;
}

/** createApiServer is the part of the Kubernetes API that the machines' own life needs: health and nodes, at 6443. */
export function createApiServer(cluster: Cluster, serving: PemPair): Server {
  const options = {
    cert: serving.certificatePem,
    key: serving.keyPem,
    ca: cluster.options.authorities.client.certificatePem,
    requestCert: true,
    rejectUnauthorized: false,
  };
  return createServer(options, (request, response) => {
    void answer(cluster, request)
      .catch((error: unknown) =>
        status(500, "InternalError", error instanceof Error ? error.message : String(error)),
      )
      .then(({ code, body }) => {
        const isText = typeof body === "string";
        response.writeHead(code, { "content-type": isText ? "text/plain" : "application/json" });
        response.end(isText ? body : `${JSON.stringify(body)}\n`);
      });
  });
}

async function answer(cluster: Cluster, request: IncomingMessage): Promise<Reply> {
  const user = userOf(request);
  if (user === undefined) return status(401, "Unauthorized", "Unauthorized");
  const path = (request.url ?? "").split("?")[0] ?? "";
  const quorum = cluster.hasQuorum();
  if (path === "/livez" || path === "/readyz" || path === "/healthz") {
    return {
      code: quorum ? 200 : 500,
      body: quorum ? "ok" : "[-]etcd failed: reason withheld\nhealthz check failed\n",
    };
  }
  const [, name] = /^\/api\/v1\/nodes(?:\/([^/]+))?$/.exec(path) ?? [];
  const verb = verbOf(request.method ?? "GET", name);
  if (!/^\/api\/v1\/nodes(\/[^/]+)?$/.test(path) || verb === undefined) {
    return status(404, "NotFound", "the server could not find the requested resource");
  }
  const access = { verb, apiGroup: "", resource: "nodes", ...(name === undefined ? {} : { name }) };
  const own = verb === "create" ? readNode(await text(request)) : undefined;
  const kubelet = user.groups.includes("system:nodes") && user.name === `system:node:${own?.name ?? name}`;
  if (!cluster.rbac.allows(user, access) && !(kubelet && (verb === "get" || verb === "create"))) {
    const which = name === undefined ? "nodes" : `nodes "${name}"`;
    return status(
      403,
      "Forbidden",
      `${which} is forbidden: User "${user.name}" cannot ${verb} resource "nodes" in API group "" at the cluster scope`,
    );
  }
  if (!quorum) return status(500, "InternalError", "etcdserver: request timed out");
  if (verb === "list") return reply(200, nodeList(cluster));
  if (own !== undefined) {
    if (cluster.nodes.get(own.name)?.deleting !== undefined)
      return status(409, "Conflict", `node "${own.name}" is being deleted`);
    cluster.nodes.set(own.name, own);
    return reply(201, nodeObject(cluster, own));
  }
  const node = cluster.nodes.get(name ?? "");
  if (node === undefined) return status(404, "NotFound", `nodes "${name}" not found`);
  if (verb === "delete") cluster.deleteNode(node);
  return reply(200, nodeObject(cluster, node));
}

function verbOf(method: string, name: string | undefined): string | undefined {
  if (name === undefined) return method === "GET" ? "list" : method === "POST" ? "create" : undefined;
  return method === "GET" ? "get" : method === "DELETE" ? "delete" : undefined;
}

function userOf(request: IncomingMessage): User | undefined {
  const { socket } = request;
  if (!(socket instanceof TLSSocket) || !socket.authorized) return undefined;
  const subject = socket.getPeerX509Certificate()?.subject.split("\n") ?? [];
  const values = (field: string): string[] =>
    subject.filter((line) => line.startsWith(`${field}=`)).map((line) => line.slice(field.length + 1));
  return { name: values("CN")[0] ?? "", groups: [...values("O"), "system:authenticated"] };
}

function status(code: number, reason: string, message: string): Reply {
  return reply(code, {
    kind: "Status",
    apiVersion: "v1",
    metadata: {},
    status: "Failure",
    message,
    reason,
    code,
  });
}

function reply(code: number, body: object): Reply {
  return { code, body };
}
