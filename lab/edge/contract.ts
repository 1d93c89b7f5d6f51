/** LabEdge is the lab's Nginx Proxy Manager: its API on its admin port, and what its nginx serves. */
export interface LabEdge {
  /** sites that are served now: what Nginx Proxy Manager would have written and nginx taken. */
  sites(): readonly ServedSite[];
  /** online: nginx is real and listens (in a network namespace of the lab's own), or its configuration is only read. */
  readonly nginx: "real" | "left out";
  /** disturb the proxy as somebody at its own interface would. */
  readonly hand: EdgeHand;
  /** log of nginx, its last lines. */
  log(): readonly string[];
  close(): Promise<void>;
}

/** ServedSite is one host's row in the proxy that is online. */
export interface ServedSite {
  readonly kind: "proxy" | "redirection" | "dead";
  readonly id: number;
  readonly domainNames: readonly string[];
}

export interface EdgeHand {
  /** deleteRow of a host, as a click would. */
  deleteRow(kind: ServedSite["kind"], id: number): Promise<void>;
  /** restoreRow that deleteRow took away. */
  restoreRow(kind: ServedSite["kind"], id: number): Promise<void>;
  /** addForeignHost that somebody made by hand. */
  addForeignHost(domainNames: readonly string[]): Promise<number>;
  /** withdraw a permission of the provider's user. */
  withdraw(section: "proxy_hosts" | "certificates" | "redirection_hosts" | "dead_hosts" | "streams"): void;
}

/** EdgeAccount that the provider logs in with. */
export interface EdgeAccount {
  readonly email: string;
  readonly password: string;
}
