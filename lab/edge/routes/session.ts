import { Denied } from "../api/api-error";
import { type Call, ok, type Route } from "../api/route";
import { creating, fields } from "../schema/fields";
import { ajv, reader } from "../schema/validate";
import type { RouteParts } from "./parts";

interface Login {
  readonly identity: string;
  readonly secret: string;
}

const readLogin = reader(ajv.compile<Login>(creating(fields.token, "identity", "secret")));

/** sessionRoutes: what the proxy is, who asks, and their token. */
export function sessionRoutes({ accounts, installed }: RouteParts): readonly Route[] {
  return [
    { method: "GET", path: "/", isOpen: true, run: () => ok({ status: "OK", setup: true, ...installed }) },
    { method: "POST", path: "/tokens", isOpen: true, run: login },
    { method: "GET", path: "/users/me", run: me },
  ];

  function login(call: Call) {
    const { identity, secret } = readLogin(call.body);
    return ok(accounts.login(identity, secret));
  }

  function me({ isLoggedIn, expand }: Call) {
    if (!isLoggedIn) throw new Denied();
    const { id } = accounts;
    return ok({
      ...accounts.user(id),
      ...(expand.includes("permissions") && { permissions: accounts.permissionsOf(id) }),
    });
  }
}
