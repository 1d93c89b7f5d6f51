import type { EdgeRecords } from "../../trace/edge/records";
import type { Part } from "../engine/part";
import type { Version } from "./version";

/** LabEdge is the lab's Nginx Proxy Manager: its API on its admin port, and what its nginx serves. */
export interface LabEdge {
  /** address that visitors come to. */
  readonly address: string;
  /** records of its hosts and certificates, as what follows a request reads them. */
  records(): EdgeRecords;
  /** sites that are served now: what Nginx Proxy Manager would have written and nginx taken. */
  sites(): readonly ServedSite[];
  /** nginx is real and listens (in a network namespace of the lab's own), or its configuration is only read. */
  readonly nginx: "real" | "left out";
  readonly parts: readonly Part[];
  /** hand that disturbs the proxy as somebody at its own interface would. */
  readonly hand: EdgeHand;
  /** defects, errors of the stand-in itself with their stack; a rehearsal with one of them did not hold. */
  readonly defects: readonly string[];
  /** log of nginx, its last lines. */
  log(): readonly string[];
  close(): Promise<void>;
}

export type HostKind = "proxy" | "redirection" | "dead";

/** ServedSite is one host's row in the proxy that is online. */
export interface ServedSite {
  readonly kind: HostKind;
  readonly id: number;
  readonly domainNames: readonly string[];
}

export interface EdgeHand {
  /** deleteRow of a host, as a click would. */
  deleteRow(kind: HostKind, id: number): Promise<void>;
  /** restoreRow that deleteRow took away, under its id. */
  restoreRow(kind: HostKind, id: number): Promise<void>;
  /** deleteCertificate, and let its hosts be written once more: until then they would go on to show it. */
  deleteCertificate(id: number): Promise<void>;
  restoreCertificate(id: number): Promise<void>;
  /** addForeignHost that somebody made by hand; tells its id. */
  addForeignHost(domainNames: readonly string[]): Promise<number>;
  /** withdraw a permission of the provider's user; an administrator becomes a user without it. */
  withdraw(section: "proxy_hosts" | "certificates" | "redirection_hosts" | "dead_hosts" | "streams"): void;
  /** install another version, as far as it tells it: what it does stays the same. */
  install(version: Version): void;
}

/** EdgeAccount that the provider logs in with, without a second factor. */
export interface EdgeAccount {
  readonly email: string;
  readonly password: string;
  /** role; only an administrator may set the default site. @default "user", with every permission */
  readonly role?: "user" | "admin";
}
