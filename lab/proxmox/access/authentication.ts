import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { ApiError } from "../api/api-error";
import type { Accounts, Caller } from "./accounts";

export interface Ticket {
  readonly username: string;
  readonly ticket: string;
  readonly CSRFPreventionToken: string;
}

/** Authentication tells who a request is from: by API token, or by ticket and CSRF token. */
export class Authentication {
  private readonly key = randomBytes(32);

  constructor(private readonly accounts: Accounts) {}

  login(username: string, password: string): Ticket {
    if (username !== "root@pam" || !equal(password, this.accounts.rootPassword)) {
      throw new ApiError(401, "authentication failure");
    }
    const time = Math.floor(Date.now() / 1000)
      .toString(16)
      .toUpperCase();
    const plain = `PVE:${username}:${time}`;
    return {
      username,
      ticket: `${plain}::${this.sign(plain)}`,
      CSRFPreventionToken: `${time}:${this.sign(`${time}:${username}`)}`,
    };
  }

  caller(method: string, headers: IncomingHttpHeaders): Caller {
    const { authorization, cookie } = headers;
    if (authorization?.startsWith("PVEAPIToken="))
      return this.byToken(authorization.slice("PVEAPIToken=".length));
    const ticket = /(?:^|;\s*)PVEAuthCookie=([^;]+)/.exec(cookie ?? "")?.[1];
    if (ticket === undefined) throw new ApiError(401, "No ticket");
    return this.byTicket(decodeURIComponent(ticket), method, headers["csrfpreventiontoken"]);
  }

  private byToken(text: string): Caller {
    const match = /^([^!=]+)!([^=]+)=(.+)$/.exec(text);
    const id = `${match?.[1] ?? ""}!${match?.[2] ?? ""}`;
    if (!match) throw new ApiError(401, "no tokenid specified");
    const token = this.accounts.tokens.find((candidate) => candidate.id === id);
    const userKnown = this.accounts.tokens.some((candidate) => candidate.id.startsWith(`${match[1]}!`));
    if (!userKnown) throw new ApiError(401, `no such user ('${match[1]}')`);
    if (!token) throw new ApiError(401, `no such token '${match[2]}' for user '${match[1]}'`);
    if (!equal(match[3] ?? "", token.secret)) throw new ApiError(401, "invalid token value!");
    return { name: id, isRoot: false };
  }

  private byTicket(ticket: string, method: string, csrf: string | string[] | undefined): Caller {
    const match = /^(PVE:([^:]+):[0-9A-F]+)::(.+)$/.exec(ticket);
    const [, plain = "", username = "", signature = ""] = match ?? [];
    if (!match || !equal(signature, this.sign(plain))) {
      throw new ApiError(401, "permission denied - invalid PVE ticket");
    }
    const token = /^([0-9A-F]+):(.+)$/.exec(typeof csrf === "string" ? csrf : "");
    const csrfHolds = token !== null && equal(token[2] ?? "", this.sign(`${token[1]}:${username}`));
    if (method !== "GET" && !csrfHolds) throw new ApiError(401, "Permission denied - invalid csrf token");
    return { name: username, isRoot: true };
  }

  private sign(text: string): string {
    return createHmac("sha256", this.key).update(text).digest("base64url");
  }
}

function equal(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
