import type { Server } from "node:net";

/**
 * The lab's network: who answers at which address. Nothing listens on the addresses themselves;
 * every server listens on loopback and the lab's two proxies lead a client there.
 */
export interface LabNetwork {
  /** attach binds server to a loopback port and makes it answer at host:port, until the returned function is called. */
  attach(host: string, port: number, server: Server): Promise<() => Promise<void>>;
  /** alias makes address lead to target (a floating address), or to nothing. */
  alias(address: string, target: string | undefined): void;
  /** lookup tells the loopback port behind host:port; undefined = nobody answers there. */
  lookup(host: string, port: number): number | undefined;
  /** httpProxyUrl, for HTTPS_PROXY, HTTP_PROXY and KUBE_PROXY_URL: a proxy on loopback that tunnels and forwards. */
  readonly httpProxyUrl: string;
  /** socksProxyAddress, `127.0.0.1:port`, for PROXMOX_VE_SSH_SOCKS5_SERVER. */
  readonly socksProxyAddress: string;
  /** refused, every host:port a client asked for and the lab does not have. */
  readonly refused: readonly string[];
  close(): Promise<void>;
}

/** The lab's certificate authority: signs server certificates for the lab's addresses and names. */
export interface LabAuthority {
  /** certificateFile for SSL_CERT_FILE. */
  readonly certificateFile: string;
  readonly certificatePem: string;
  issue(names: readonly string[]): Promise<{ readonly certificatePem: string; readonly keyPem: string }>;
}
