/** Access is how a program reaches a cluster's API and as whom. */
export interface Access {
  /** host of the API as a URL: `https://192.168.0.10:6443`. */
  readonly host: string;
  /** authority that must have signed the server's certificate, PEM; without it, those this machine trusts. */
  readonly authority?: string;
  /** certificate and key of the user, PEM. */
  readonly certificate?: string;
  readonly key?: string;
  readonly token?: string;
  /** serverName that the certificate must be good for, where it is not the host's. */
  readonly serverName?: string;
  /** insecure takes any certificate. */
  readonly insecure?: true;
  /** proxyUrl of an HTTP proxy that tunnels (CONNECT). */
  readonly proxyUrl?: string;
  /** program, as the API's logs and an object's managedFields call it. */
  readonly program: string;
}
