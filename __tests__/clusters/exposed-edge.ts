/** Everything that `cluster.ts` can say about how the proxy in front serves a route. */
export const routeEdge = {
  certificate: "test.com",
  forceTls: true,
  http2: true,
  hsts: { subdomains: true },
  websocket: true,
  maxBody: "10 MiB",
  timeouts: { connect: "5s", send: "60s", read: "60s" },
  allow: ["192.168.0.0/24"],
  clientIp: "strict",
  locations: {
    "/files": {
      to: { scheme: "https", address: "192.168.0.9", port: 8443 },
      maxBody: "1 GiB",
      timeouts: { read: "10m" },
      rawNginx: "proxy_buffering off;",
    },
  },
  cacheAssets: false,
  blockExploits: true,
  rawNginx: "gzip on;",
  adopt: 7,
} as const;

/** The proxy itself, and what it does besides routes. */
export const edge = {
  nginxProxyManager: { url: "http://192.168.0.100:81", address: "192.168.0.100" },
  redirections: {
    "www.test.com": {
      hosts: ["www.test.com"],
      to: "main.test.com",
      scheme: "https",
      status: 308,
      keepPath: false,
      certificate: "test.com",
      forceTls: true,
      http2: false,
      hsts: { subdomains: true },
      adopt: 3,
    },
  },
  notFound: {
    "nobody.test.com": {
      hosts: ["nobody.test.com"],
      certificate: "test.com",
      hsts: { subdomains: true },
    },
  },
  streams: {
    many: { port: 9000, to: { service: "many", port: 9000 }, transports: ["TCP"], certificate: "test.com" },
    raw: { port: 8443, to: { ingress: 443 } },
  },
  defaultSite: { redirect: "https://main.test.com/hello" },
} as const;
