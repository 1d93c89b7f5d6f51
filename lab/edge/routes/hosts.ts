import { invalid, notFound } from "../api/api-error";
import { type Call, created, ok, type Route } from "../api/route";
import type { Kind } from "../kinds/kind";
import type { ServedRow } from "../rows/rows";
import type { RouteParts } from "./parts";

/** hostRoutes of one kind of host. */
export function hostRoutes<R extends ServedRow>(kind: Kind<R>, parts: RouteParts): readonly Route[] {
  const { database, accounts, expansions, configuration } = parts;
  const table = kind.table(database);
  const path = `/nginx/${kind.path}`;
  const whole = ["certificate", "owner", "access_list"];

  return [
    { method: "GET", path, run: (call) => ok(list(call)) },
    { method: "POST", path, run: create },
    { method: "GET", path: `${path}/{id}`, run: get },
    { method: "PUT", path: `${path}/{id}`, run: update },
    { method: "DELETE", path: `${path}/{id}`, run: remove },
    { method: "POST", path: `${path}/{id}/enable`, run: (call) => enable(call, true) },
    { method: "POST", path: `${path}/{id}/disable`, run: (call) => enable(call, false) },
  ];

  function list(call: Call): unknown {
    accounts.require(call.isLoggedIn, kind.section, "view");
    const query = call.query.get("query")?.toLowerCase() ?? "";
    return table
      .all()
      .filter((row) => kind.text(row).toLowerCase().includes(query))
      .sort((one, other) => compare(kind.text(one), kind.text(other)))
      .map((row) => expansions.ofHost(row, call.expand));
  }

  function get(call: Call) {
    return ok(expansions.ofHost(found(call, "view"), call.expand));
  }

  /** create answers the row as it was before nginx had its say: `meta` does not tell yet. */
  async function create(call: Call) {
    const { domainNames, make } = kind.created(call.body);
    accounts.require(call.isLoggedIn, kind.section, "manage");
    mustBeFree(domainNames);
    const row = table.insert(accounts.id, make);
    const answer = expansions.ofHost(row, whole);
    await configuration.configure(kind, row);
    return created(answer);
  }

  async function update(call: Call) {
    const { domainNames, change } = kind.changed(call.body);
    accounts.require(call.isLoggedIn, kind.section, "manage");
    mustBeFree(domainNames, call.id);
    const before = found(call, "manage");
    const row = table.change(before.id, change);
    const written = kind.writtenAfterPut(row);
    if (written === "not at all") return ok(expansions.ofHost(row, whole));
    if (written === "new row") {
      const meta = await configuration.configure(kind, row);
      return ok(expansions.ofHost({ ...row, meta }, whole));
    }
    const answer = expansions.ofHost(row, whole);
    await configuration.configure(kind, before, { certificate: undefined, accessList: undefined });
    return ok(answer);
  }

  async function remove(call: Call) {
    const row = found(call, "manage");
    table.setDeleted(row.id, true);
    await configuration.remove(kind.type, row.id);
    return ok(true);
  }

  async function enable(call: Call, enabled: boolean) {
    const row = found(call, "manage");
    if (row.enabled === enabled) {
      throw invalid(`${kind.noun} is already ${enabled ? "enabled" : "disabled"}`);
    }
    const changed = table.change(row.id, (known) => ({ ...known, enabled }));
    if (enabled) await configuration.configure(kind, changed);
    else await configuration.remove(kind.type, row.id);
    return ok(true);
  }

  function found(call: Call, level: "view" | "manage"): R {
    accounts.require(call.isLoggedIn, kind.section, level);
    const row = table.find(call.id);
    if (row === undefined) throw notFound(call.id);
    return row;
  }

  function mustBeFree(names: readonly string[], id?: number): void {
    const except = id === undefined ? undefined : { type: kind.type, id };
    const taken = names.filter((name) => database.isTaken(name, except)).at(0);
    if (taken !== undefined) throw invalid(`${taken} is already in use`);
  }
}

function compare(one: string, other: string): number {
  return one.localeCompare(other, "en", { numeric: true });
}
