/** AnyHost that the proxy is asked for, in the provider's own fields. Source: Sander0542/nginxproxymanager 1.4.0. */
export interface AnyHost {
  /** name in the plan: `nginxproxymanager_proxy_host.<name>`. */
  readonly name: string;
  readonly domainNames: readonly string[];
  /** certificate by its name in the file; absent = none. */
  readonly certificate?: string;
  readonly sslForced: boolean;
  readonly http2Support: boolean;
  readonly hstsEnabled: boolean;
  readonly hstsSubdomains: boolean;
  /** advancedConfig begins with the mark by which the host is known as this file's. */
  readonly advancedConfig: string;
  readonly adopt?: number;
}

export interface ProxyHost extends AnyHost {
  readonly forwardScheme: "http" | "https";
  readonly forwardHost: string;
  readonly forwardPort: number;
  readonly allowWebsocketUpgrade: boolean;
  /** cachingEnabled is off: assets are kept by a location of ours, `edge/nginx/assets.ts` says why. */
  readonly cachingEnabled: false;
  readonly blockExploits: boolean;
  /** locations, `/` among them; none where the visitor's headers are passed on, which only our own text can do. */
  readonly locations: readonly ProxyLocation[];
}

export interface ProxyLocation {
  readonly path: string;
  readonly forwardScheme: "http" | "https";
  readonly forwardHost: string;
  readonly forwardPort: number;
  readonly advancedConfig: string;
}

export interface RedirectionHost extends AnyHost {
  readonly forwardScheme: "auto" | "http" | "https";
  readonly forwardDomainName: string;
  readonly forwardHttpCode: number;
  readonly preservePath: boolean;
}

export type DeadHost = AnyHost;

export interface Stream {
  readonly name: string;
  readonly incomingPort: number;
  readonly forwardingHost: string;
  readonly forwardingPort: number;
  readonly tcpForwarding: boolean;
  readonly udpForwarding: boolean;
  readonly certificate?: string;
}

export interface DefaultSite {
  readonly page: "congratulations" | "404" | "444" | "redirect";
  readonly redirect?: string;
}

/** ProxySettings of one cluster's edge, in the order in which they are written. */
export interface ProxySettings {
  /** mark that the advanced config of every host of this file begins with, before a slash: `# slipway home`. */
  readonly mark: string;
  readonly proxyHosts: readonly ProxyHost[];
  readonly redirectionHosts: readonly RedirectionHost[];
  readonly deadHosts: readonly DeadHost[];
  readonly streams: readonly Stream[];
  readonly defaultSite?: DefaultSite;
}
