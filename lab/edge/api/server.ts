import { createServer, type Server, type ServerResponse } from "node:http";
import type { Accounts } from "./accounts";
import { ApiError, Denied, internal } from "./api-error";
import { readRequest, type Request } from "./request";
import { type Answer, type Route, routeOf } from "./route";

export interface ApiServerParts {
  readonly accounts: Accounts;
  readonly routes: readonly Route[];
  /** defects, errors of the stand-in itself with their stack. */
  readonly defects: string[];
}

/** apiServer of the proxy: HTTP without TLS, as on its admin port. */
export function apiServer({ accounts, routes, defects }: ApiServerParts): Server {
  return createServer((message, response) => {
    void readRequest(message)
      .then((request) => answerTo(request).catch((error: unknown) => refusalOf(error, request)))
      .catch((error: unknown) => refusalOf(error, undefined))
      .then((answer) => send(response, answer));
  });

  async function answerTo(request: Request): Promise<Answer> {
    const { route, id } = routeOf(routes, request.method, request.path);
    const isLoggedIn = route.isOpen !== true && accounts.isLoggedIn(request.authorization);
    const { query, body, files } = request;
    const expand = query.get("expand")?.split(",") ?? [];
    return route.run({ id, query, expand, body, files, isLoggedIn });
  }

  function refusalOf(error: unknown, request: Request | undefined): Answer {
    const path = request?.path ?? "";
    if (error instanceof Denied) {
      return request?.method === "POST"
        ? refusal(internal("nothing was thrown"), path)
        : refusal(new ApiError(404, `Not Found - ${path}`), path);
    }
    if (error instanceof ApiError) return refusal(error, path);
    defects.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return refusal(internal("the lab's proxy itself failed"), path);
  }
}

/** refusal in the proxy's shape; what is about certificates tells more than the rest. */
function refusal({ status, message, isPublic }: ApiError, path: string): Answer {
  const error = { code: status, message: isPublic ? message : "Internal Error" };
  const debug = { stack: [`Error: ${error.message}`], previous: undefined };
  return { status, body: path.includes("nginx/certificates") ? { error, debug } : { error } };
}

function send(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, {
    "Content-Type": "application/json; charset=utf-8",
    "Cache-Control": "no-store",
  });
  response.end(JSON.stringify(body));
}
