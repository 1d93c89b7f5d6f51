import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { EdgeAccount } from "../contract";
import { now } from "../rows/table";
import { Denied, internal, invalid } from "./api-error";

export type Section =
  "proxy_hosts" | "redirection_hosts" | "dead_hosts" | "streams" | "certificates" | "access_lists";

type Permission = "hidden" | "view" | "manage";

/** ownerOfForeign rows: the person who set the proxy up. */
export const ownerOfForeign = 1;

const daySeconds = 86_400;

/** Accounts of the proxy: the one that the provider logs in with, and who may do what. */
export class Accounts {
  private readonly secret = randomBytes(32);
  private readonly made = now();
  private readonly permissions: Record<Section, Permission> = {
    proxy_hosts: "manage",
    redirection_hosts: "manage",
    dead_hosts: "manage",
    streams: "manage",
    certificates: "manage",
    access_lists: "manage",
  };
  private isAdmin: boolean;
  readonly id = 2;

  constructor(private readonly account: EdgeAccount) {
    this.isAdmin = account.role === "admin";
  }

  login(identity: string, password: string): { readonly token: string; readonly expires: string } {
    const isKnown = identity.toLowerCase().trim() === this.account.email.toLowerCase();
    if (!isKnown || password !== this.account.password) throw invalid("Invalid email or password");
    return this.tokenUntil(Date.now() / 1000 + daySeconds);
  }

  /** tokenUntil a time in seconds since 1970. */
  tokenUntil(seconds: number): { readonly token: string; readonly expires: string } {
    const claims = { iss: "api", attrs: { id: this.id }, scope: ["user"], exp: Math.floor(seconds) };
    const unsigned = [{ alg: "HS256", typ: "JWT" }, claims]
      .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
      .join(".");
    const token = `${unsigned}.${this.signature(unsigned).toString("base64url")}`;
    return { token, expires: new Date(seconds * 1000).toISOString() };
  }

  /** isLoggedIn by an Authorization header: a token that is no token is an error of its own. */
  isLoggedIn(authorization: string | undefined): boolean {
    const token = /^Bearer (\S+)/.exec(authorization ?? "")?.[1];
    if (token === undefined) return false;
    const expiry = this.expiryOf(token);
    if (expiry === undefined) throw internal("jwt malformed");
    if (expiry <= Date.now() / 1000) throw invalid("Token has expired");
    return true;
  }

  /** require a permission of whoever asks. */
  require(isLoggedIn: boolean, section: Section, level: "view" | "manage"): void {
    if (!isLoggedIn) throw new Denied();
    const held = this.isAdmin ? "manage" : this.permissions[section];
    if (held === "hidden" || (held === "view" && level === "manage")) throw new Denied();
  }

  requireAdmin(isLoggedIn: boolean): void {
    if (!isLoggedIn || !this.isAdmin) throw new Denied();
  }

  /** withdraw a permission; an administrator becomes a user without it. */
  withdraw(section: Section): void {
    this.isAdmin = false;
    this.permissions[section] = "hidden";
  }

  /** user as `/users/me` and `expand=owner` show it. */
  user(id: number): Readonly<Record<string, unknown>> {
    const own = id === this.id;
    return {
      id,
      created_on: this.made,
      modified_on: this.made,
      is_disabled: false,
      email: own ? this.account.email : "admin@example.com",
      name: own ? "Terraform" : "Administrator",
      nickname: own ? "Terraform" : "Admin",
      avatar: "",
      roles: own && !this.isAdmin ? [] : ["admin"],
    };
  }

  permissionsOf(id: number): Readonly<Record<string, unknown>> {
    return { id, user_id: id, visibility: "all", ...this.permissions };
  }

  private expiryOf(token: string): number | undefined {
    const [header = "", claims = "", signature = ""] = token.split(".");
    const expected = this.signature(`${header}.${claims}`);
    const given = Buffer.from(signature, "base64url");
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
    const read: unknown = JSON.parse(Buffer.from(claims, "base64url").toString("utf8"));
    return typeof read === "object" && read !== null && "exp" in read && typeof read.exp === "number"
      ? read.exp
      : undefined;
  }

  private signature(text: string): Buffer {
    return createHmac("sha256", this.secret).update(text).digest();
  }
}
