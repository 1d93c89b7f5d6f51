import type { IncomingMessage, ServerResponse } from "node:http";
import type { Caller } from "../access/accounts";
import type { Authentication } from "../access/authentication";
import type { Cluster } from "../cluster";
import type { Fault, Faults } from "../faults";
import type { RequestLog } from "../request-log";
import { routes } from "../routes";
import type { ApiSchema } from "../schema/api-schema";
import { ApiError, badParameter, died } from "./api-error";
import { Call } from "./call";
import { Parameters } from "./parameters";
import { type ApiRequest, readRequest } from "./request";
import { matchRoute, segmentsOf } from "./router";

export interface ApiServerParts {
  readonly cluster: Cluster;
  readonly authentication: Authentication;
  readonly faults: Faults;
  readonly log: RequestLog;
  readonly schema: ApiSchema | undefined;
  /** violations of the published schema, as they come in. */
  readonly violations: string[];
  /** defects, errors of the simulator itself with their stack. */
  readonly defects: string[];
}

/** ApiServer answers the requests of any host: they all know the whole cluster. */
export class ApiServer {
  constructor(private readonly parts: ApiServerParts) {}

  async handle(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await readRequest(message).catch(() => undefined);
    if (!request) {
      send(response, new ApiError(501, `Method '${message.method} ${message.url}' not implemented`));
      return;
    }
    const path = `/${segmentsOf(request.path).join("/")}`;
    const fault = this.parts.faults.take(request.method, path);
    const meanwhile = fault?.kind === "meanwhile" ? fault : undefined;
    if (meanwhile !== undefined && meanwhile.when !== "done") await meanwhile.act();
    if (fault?.kind === "connection cut" || meanwhile?.when === "instead") {
      message.socket.destroy();
      this.record(request, path, "", 0, "connection cut");
      return;
    }
    let caller: Caller | undefined;
    try {
      const data = await this.answer(request, path, fault, message, (known) => (caller = known));
      if (meanwhile?.when === "done") await meanwhile.act();
      if (fault?.kind === "answer cut") {
        sendHalf(response, data);
        this.record(request, path, caller?.name ?? "", 0, "answer cut");
        return;
      }
      this.record(request, path, caller?.name ?? "", 200, "OK");
      send(response, data);
    } catch (error) {
      const refusal = this.refusalOf(error);
      this.record(request, path, caller?.name ?? "", refusal.status, refusal.reason);
      send(response, refusal);
    }
  }

  private async answer(
    request: ApiRequest,
    path: string,
    fault: Fault | undefined,
    message: IncomingMessage,
    known: (caller: Caller) => void,
  ): Promise<unknown> {
    const { cluster, authentication } = this.parts;
    if (request.method === "POST" && path === "/access/ticket") {
      this.validate(request, path);
      return authentication.login(
        request.parameters.get("username") ?? "",
        request.parameters.get("password") ?? "",
      );
    }
    const caller = authentication.caller(request.method, message.headers);
    known(caller);
    if (cluster.lostTokens.has(caller.name)) {
      const [user = "", token = ""] = caller.name.split("!");
      throw new ApiError(401, `no such token '${token}' for user '${user}'`);
    }
    if (!cluster.quorate && request.method !== "GET") throw died("cluster not ready - no quorum?");
    if (fault?.kind === "answer") throw new ApiError(fault.status, fault.reason, fault.errors);
    const match = matchRoute(routes, request.method, request.path);
    this.validate(request, path);
    if (!match) throw new ApiError(501, `Method '${request.method} ${path}' not implemented`);
    const parameters = merge(request.parameters, match.pathParameters);
    this.assertNodeAnswers(match.pathParameters.get("node"));
    const taskFault = fault?.kind === "task" || fault?.kind === "meanwhile" ? fault.task : undefined;
    return await match.route.run(new Call(cluster, caller, parameters, taskFault, request.file));
  }

  private validate(request: ApiRequest, path: string): void {
    const verdict = this.parts.schema?.check(request.method, request.path, request.parameters);
    if (!verdict) return;
    if (verdict.kind === "unknown") {
      this.parts.violations.push(`${request.method} ${path}: ${verdict.what} not in the published API`);
      throw new ApiError(501, `Method '${request.method} ${path}' not implemented`);
    }
    const errors = Object.entries(verdict.errors);
    if (errors.length === 0) return;
    for (const [name, text] of errors)
      this.parts.violations.push(`${request.method} ${path}: ${name}: ${text}`);
    throw badParameter(verdict.errors);
  }

  private assertNodeAnswers(node: string | undefined): void {
    if (node === undefined) return;
    if (!this.parts.cluster.hasHost(node)) {
      throw died(
        `hostname lookup '${node}' failed - failed to get address info for: ${node}: Name or service not known`,
      );
    }
    if (this.parts.cluster.down.has(node)) throw new ApiError(595, "No route to host");
  }

  private refusalOf(error: unknown): ApiError {
    if (error instanceof ApiError) return error;
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.parts.defects.push(text);
    return died(`internal error of the simulator: ${text.split("\n")[0] ?? ""}`);
  }

  private record(request: ApiRequest, path: string, caller: string, status: number, reason: string): void {
    this.parts.log.add({ method: request.method, path, caller, status, reason }, [...request.parameters]);
  }
}

/** merge refuses a parameter that the body gives another value than the path. */
function merge(given: ReadonlyMap<string, string>, fromPath: ReadonlyMap<string, string>): Parameters {
  for (const [name, value] of fromPath) {
    const other = given.get(name);
    if (other !== undefined && other !== value) {
      throw badParameter({ [name]: "duplicate parameter (already defined in URI)" });
    }
  }
  return new Parameters(new Map([...given, ...fromPath]));
}

const headers = {
  "Content-Type": "application/json;charset=UTF-8",
  Server: "pve-api-daemon/3.0",
};

/** sendHalf of an answer, then cuts the connection. */
function sendHalf(response: ServerResponse, answer: unknown): void {
  const body = Buffer.from(JSON.stringify({ data: answer ?? null }));
  response.writeHead(200, "OK", { ...headers, "Content-Length": body.length });
  response.write(body.subarray(0, Math.ceil(body.length / 2)), () => response.socket?.destroy());
}

function send(response: ServerResponse, answer: unknown): void {
  const refusal = answer instanceof ApiError ? answer : undefined;
  if (refusal) {
    const reason = (refusal.reason.split("\n")[0] ?? "").replace(/[^\t\x20-\x7e]/g, "?");
    const body = {
      data: null,
      message: `${refusal.reason}\n`,
      ...(hasKeys(refusal.errors) ? { errors: refusal.errors } : {}),
    };
    response.writeHead(refusal.status, reason, { ...headers, Connection: "close" });
    response.end(JSON.stringify(body));
  } else {
    response.writeHead(200, "OK", headers);
    response.end(JSON.stringify({ data: answer ?? null }));
  }
}

const hasKeys = (value: object): boolean => Object.keys(value).length > 0;
