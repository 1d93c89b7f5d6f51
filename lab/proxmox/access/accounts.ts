/** Accounts are who may use the API and SSH. */
export interface Accounts {
  /** rootPassword of root@pam, for a ticket. */
  readonly rootPassword: string;
  readonly tokens: readonly ApiToken[];
  readonly ssh: SshAccount;
}

export interface ApiToken {
  /** id, `user@realm!token`. */
  readonly id: string;
  readonly secret: string;
  /** grants; the deepest path with a grant decides, as with Proxmox's own access list. */
  readonly grants: readonly Grant[];
}

export interface Grant {
  readonly path: string;
  readonly privileges: readonly string[];
}

export interface SshAccount {
  readonly user: string;
  /** publicKeys in authorized_keys form. */
  readonly publicKeys: readonly string[];
  readonly password?: string;
  /** sudo without a password; root needs none. */
  readonly sudo?: boolean;
}

/** Caller is who sent a request. */
export interface Caller {
  /** name, `root@pam` or `user@realm!token`. */
  readonly name: string;
  /** isRoot: root@pam by password, never a token. */
  readonly isRoot: boolean;
}
