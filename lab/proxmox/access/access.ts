import { permissionDenied } from "../api/api-error";
import type { Accounts, Caller } from "./accounts";
import { PRIVILEGES } from "./privileges";

/** PermissionTree is `path → privilege → 1`, as GET /access/permissions answers it. */
export type PermissionTree = Record<string, Record<string, number>>;

/** Access decides what a caller may do where. */
export class Access {
  private readonly grants = new Map<string, Map<string, Set<string>>>();

  /** poolOf tells the pool a VM is in: a grant on the pool holds for its machines. */
  constructor(
    accounts: Accounts,
    private readonly poolOf: (vmId: number) => string | undefined,
  ) {
    for (const token of accounts.tokens) {
      const paths = new Map<string, Set<string>>();
      for (const grant of token.grants) {
        const unknown = grant.privileges.filter((privilege) => !PRIVILEGES.has(privilege));
        if (unknown.length > 0)
          throw new Error(`${token.id}: Proxmox has no privilege ${unknown.join(", ")}`);
        const path = normalize(grant.path);
        paths.set(path, new Set([...(paths.get(path) ?? []), ...grant.privileges]));
      }
      this.grants.set(token.id, paths);
    }
  }

  privileges(caller: Caller, path: string): ReadonlySet<string> {
    if (caller.isRoot) return PRIVILEGES;
    const vm = /^\/vms\/(\d+)$/.exec(path);
    const pool = vm ? this.poolOf(Number(vm[1])) : undefined;
    const own = this.inherited(caller.name, normalize(path));
    return pool === undefined ? own : new Set([...own, ...this.inherited(caller.name, `/pool/${pool}`)]);
  }

  has(caller: Caller, path: string, anyOf: readonly string[]): boolean {
    const held = this.privileges(caller, path);
    return anyOf.some((privilege) => held.has(privilege));
  }

  /** check refuses unless the caller holds one of the privileges at the path. */
  check(caller: Caller, path: string, anyOf: readonly string[]): void {
    if (!this.has(caller, path, anyOf)) throw permissionDenied(path, anyOf);
  }

  /** tree of effective privileges: of one path, or of every path that has some. */
  tree(caller: Caller, path?: string): PermissionTree {
    const granted = [...(this.grants.get(caller.name)?.keys() ?? [])];
    const paths = path === undefined ? [...new Set([...TOP_PATHS, ...granted])] : [normalize(path)];
    const entries = paths.map((at): [string, Record<string, number>] => [
      at,
      Object.fromEntries([...this.privileges(caller, at)].sort().map((privilege) => [privilege, 1])),
    ]);
    return Object.fromEntries(
      entries.filter(([, held]) => path !== undefined || Object.keys(held).length > 0),
    );
  }

  /** revoke takes one privilege from a token, everywhere or at one path. */
  revoke(token: string, privilege: string, path?: string): void {
    for (const [at, held] of this.grants.get(token) ?? []) {
      if (path === undefined || at === normalize(path)) held.delete(privilege);
    }
  }

  grant(token: string, path: string, privileges: readonly string[]): void {
    const paths = this.grants.get(token);
    const held = paths?.get(normalize(path)) ?? new Set<string>();
    for (const privilege of privileges) held.add(privilege);
    paths?.set(normalize(path), held);
  }

  private inherited(token: string, path: string): ReadonlySet<string> {
    const paths = this.grants.get(token);
    for (let at = path; ; at = at.replace(/\/[^/]*$/, "") || "/") {
      const held = paths?.get(at);
      if (held) return held;
      if (at === "/") return new Set();
    }
  }
}

const TOP_PATHS = [
  "/",
  "/access",
  "/access/groups",
  "/mapping",
  "/nodes",
  "/pool",
  "/sdn",
  "/storage",
  "/vms",
];

const normalize = (path: string): string => path.replace(/\/+$/, "") || "/";
