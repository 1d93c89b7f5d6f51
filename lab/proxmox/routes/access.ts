import { ApiError } from "../api/api-error";
import type { Call } from "../api/call";
import type { Route } from "../api/router";

/** accessRoutes; POST /access/ticket is answered before authentication, in api-server.ts. */
export const accessRoutes: readonly Route[] = [
  { method: "GET", path: "/access/permissions", run: permissions },
];

function permissions(call: Call): unknown {
  const userId = call.parameters.text("userid");
  if (userId !== undefined && userId !== call.caller.name && !call.caller.isRoot) {
    call.check("/access", "Sys.Audit");
    throw new ApiError(403, "Permission check failed");
  }
  return call.cluster.access.tree(call.caller, call.parameters.text("path"));
}
