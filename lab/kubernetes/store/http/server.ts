import type { IncomingMessage } from "node:http";
import { createServer, type Server } from "node:https";
import { text } from "node:stream/consumers";
import { TLSSocket } from "node:tls";
import type { PemPair } from "../../../network/certificate";
import type { JsonObject } from "../../contract";
import { isObject, textAt } from "../../json";
import type { Api } from "../api";
import { ApiProblem, statusOf } from "../problem";
import { type Access, allows, type User } from "../rbac";
import { discovery } from "./discovery";
import { handle, verbOf } from "./handle";
import { type Target, targetOf } from "./target";

export interface ApiServerOptions {
  readonly api: Api;
  readonly serving: PemPair;
  /** clientCa, the authority whose certificates name a user. */
  readonly clientCa: string;
  hasQuorum(): boolean;
}

interface Reply {
  readonly code: number;
  /** body, an object as JSON and a text as it is. */
  readonly body: JsonObject | string;
}

/** createApiServer is one kube-apiserver: TLS with the cluster's own authority, users by client certificate, RBAC. */
export function createApiServer(options: ApiServerOptions): Server {
  const tls = {
    cert: options.serving.certificatePem,
    key: options.serving.keyPem,
    ca: options.clientCa,
    requestCert: true,
    rejectUnauthorized: false,
  };
  return createServer(tls, (request, response) => {
    void answer(options, request)
      .catch(refusal)
      .then(({ code, body }) => {
        const isText = typeof body === "string";
        response.writeHead(code, { "content-type": isText ? "text/plain" : "application/json" });
        response.end(isText ? body : `${JSON.stringify(body)}\n`);
      });
  });
}

async function answer(options: ApiServerOptions, request: IncomingMessage): Promise<Reply> {
  const { api } = options;
  const user = userOf(request);
  if (user === undefined) throw new ApiProblem(401, "Unauthorized", "Unauthorized");
  const { pathname, searchParams } = new URL(request.url ?? "/", "https://api");
  const path = pathname.replace(/(.)\/$/, "$1");
  const quorum = options.hasQuorum();
  if (path === "/livez" || path === "/readyz" || path === "/healthz")
    return {
      code: quorum ? 200 : 500,
      body: quorum ? "ok" : "[-]etcd failed: reason withheld\nhealthz check failed\n",
    };
  const found = discovery(api.kinds.all(), path);
  if (found !== undefined && request.method === "GET") return { code: 200, body: found };
  const target = targetOf(api.kinds, path);
  if (target === undefined)
    throw new ApiProblem(404, "NotFound", "the server could not find the requested resource");
  const verb = verbOf(request.method ?? "GET", target);
  if (verb === undefined)
    throw new ApiProblem(
      405,
      "MethodNotAllowed",
      "the server does not allow this method on the requested resource",
    );
  const body = await text(request);
  authorize(api, user, verb, target, body);
  if (!quorum) throw new ApiProblem(500, "", "etcdserver: request timed out");
  return handle(api, {
    verb,
    target,
    query: searchParams,
    contentType: request.headers["content-type"] ?? "application/json",
    userAgent: request.headers["user-agent"] ?? "unknown",
    body,
  });
}

function authorize(api: Api, user: User, verb: string, target: Target, body: string): void {
  const { kind, name, namespace, subresource } = target;
  const resource = subresource === undefined ? kind.plural : `${kind.plural}/${subresource}`;
  const access: Access = {
    verb,
    apiGroup: kind.group,
    resource,
    ...(name === undefined ? {} : { name }),
    ...(namespace === undefined ? {} : { namespace }),
  };
  if (isOwnNode(user, access, body)) return;
  const rules = ["ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"].flatMap((one) =>
    api.reader.every(one),
  );
  if (allows(rules, user, access)) return;
  const which = `${kind.group === "" ? kind.plural : `${kind.plural}.${kind.group}`}${name === undefined ? "" : ` "${name}"`}`;
  const where = namespace === undefined ? "at the cluster scope" : `in the namespace "${namespace}"`;
  throw new ApiProblem(
    403,
    "Forbidden",
    `${which} is forbidden: User "${user.name}" cannot ${verb} resource "${resource}" in API group "${kind.group}" ${where}`,
    { ...(name === undefined ? {} : { name }), kind: kind.plural },
  );
}

/** isOwnNode: a kubelet may register its own Node, read it and write its status (NodeRestriction). */
function isOwnNode(user: User, { verb, apiGroup, resource, name }: Access, body: string): boolean {
  if (!user.groups.includes("system:nodes") || apiGroup !== "") return false;
  const own = user.name.replace(/^system:node:/, "");
  if (resource === "nodes" && verb === "get") return name === own;
  if (resource === "nodes/status" && verb === "patch") return name === own;
  return resource === "nodes" && verb === "create" && nameIn(body) === own;
}

function nameIn(body: string): string | undefined {
  try {
    const sent: unknown = JSON.parse(body);
    return isObject(sent) ? textAt(sent, "metadata", "name") : undefined;
  } catch {
    return undefined;
  }
}

function userOf(request: IncomingMessage): User | undefined {
  const { socket } = request;
  if (!(socket instanceof TLSSocket) || !socket.authorized) return undefined;
  const subject = socket.getPeerX509Certificate()?.subject.split("\n") ?? [];
  const values = (field: string): string[] =>
    subject.filter((line) => line.startsWith(`${field}=`)).map((line) => line.slice(field.length + 1));
  return { name: values("CN")[0] ?? "", groups: [...values("O"), "system:authenticated"] };
}

function refusal(error: unknown): Reply {
  const problem =
    error instanceof ApiProblem
      ? error
      : new ApiProblem(500, "InternalError", error instanceof Error ? error.message : String(error));
  return { code: problem.code, body: statusOf(problem) };
}
