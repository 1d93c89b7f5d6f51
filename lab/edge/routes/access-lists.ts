import { createHash } from "node:crypto";
import { notFound } from "../api/api-error";
import { type Call, created, ok, type Route } from "../api/route";
import { proxyHost } from "../kinds/proxy-host";
import type { AccessListRow, Row } from "../rows/rows";
import { creating, fields, updating } from "../schema/fields";
import { ajv, reader } from "../schema/validate";
import type { RouteParts } from "./parts";

type Given = Partial<Omit<AccessListRow, keyof Row | "meta">>;

const readPost = reader(
  ajv.compile<Given & Pick<AccessListRow, "name">>(creating(fields.accessList, "name")),
);
const readPut = reader(ajv.compile<Given>(updating(fields.accessList)));
const defaults = { satisfy_any: false, pass_auth: false, items: [], clients: [], meta: {} };
const whole = ["owner", "items", "clients", "proxy_hosts"];

export function accessListRoutes({
  database,
  accounts,
  expansions,
  configuration,
  files,
}: RouteParts): readonly Route[] {
  const { accessLists, proxyHosts } = database;
  const path = "/nginx/access-lists";

  return [
    { method: "GET", path, run: (call) => ok(list(call)) },
    { method: "POST", path, run: create },
    {
      method: "GET",
      path: `${path}/{id}`,
      run: (call) => ok(expansions.ofAccessList(found(call, "view"), call.expand)),
    },
    { method: "PUT", path: `${path}/{id}`, run: update },
    { method: "DELETE", path: `${path}/{id}`, run: remove },
  ];

  function list(call: Call): unknown {
    accounts.require(call.isLoggedIn, "access_lists", "view");
    const query = call.query.get("query")?.toLowerCase() ?? "";
    return accessLists
      .all()
      .filter(({ name }) => name.toLowerCase().includes(query))
      .sort((one, other) => one.name.localeCompare(other.name, "en"))
      .map((row) => expansions.ofAccessList(row, call.expand));
  }

  async function create(call: Call) {
    const given = readPost(call.body);
    accounts.require(call.isLoggedIn, "access_lists", "manage");
    const row = accessLists.insert(accounts.id, (stamp) => ({ ...defaults, ...given, ...stamp }));
    await files.writePasswords(row.id, passwordsOf(row));
    return created(expansions.ofAccessList(row, whole));
  }

  async function update(call: Call) {
    const given = readPut(call.body);
    const row = accessLists.change(found(call, "manage").id, (known) => ({ ...known, ...given }));
    await files.writePasswords(row.id, passwordsOf(row));
    await rewriteHosts(row.id);
    return ok(expansions.ofAccessList(row, whole));
  }

  /** remove opens every host that used it, at once. */
  async function remove(call: Call) {
    const { id } = found(call, "manage");
    const users = proxyHosts.all().filter(({ access_list_id }) => access_list_id === id);
    accessLists.setDeleted(id, true);
    for (const host of users) proxyHosts.change(host.id, (row) => ({ ...row, access_list_id: 0 }));
    await rewrite(users.map((host) => host.id));
    return ok(true);
  }

  function rewriteHosts(list: number): Promise<void> {
    const users = proxyHosts.all().filter(({ access_list_id }) => access_list_id === list);
    return rewrite(users.map(({ id }) => id));
  }

  async function rewrite(hosts: readonly number[]): Promise<void> {
    for (const id of hosts) {
      const row = proxyHosts.find(id);
      if (row !== undefined) await configuration.write(proxyHost, row);
    }
    await configuration.reload();
  }

  function found(call: Call, level: "view" | "manage"): AccessListRow {
    accounts.require(call.isLoggedIn, "access_lists", level);
    const row = accessLists.find(call.id);
    if (row === undefined) throw notFound(call.id);
    return row;
  }
}

/** passwordsOf a list in a form that every nginx reads, whatever its C library's crypt knows. */
function passwordsOf({ items }: AccessListRow): string {
  const lines = items.map(({ username, password }) => {
    return `${username}:{SHA}${createHash("sha1").update(password).digest("base64")}\n`;
  });
  return lines.join("");
}
