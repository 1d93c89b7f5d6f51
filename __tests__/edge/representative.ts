import type { Edge, EdgeHost, EdgeTls } from "../../config/model/edge";
import { milliseconds } from "../../config/units";
import { edge, host, ipv4, location, network, upstream } from "./samples";

export const tls: EdgeTls = { certificate: "test.com", force: true, http2: true };

/** everything that a host may have, but raw text. */
const everything: Partial<EdgeHost> = {
  hosts: ["main.test.com", "www.test.com"],
  tls: { ...tls, hsts: { subdomains: false } },
  limits: {
    maxBodyBytes: 512 * 1024 ** 2,
    timeouts: { connect: milliseconds(5000), send: milliseconds(60_000), read: milliseconds(3_600_000) },
  },
  allow: [network("192.168.0.0/24"), network("10.8.0.7/32")],
  cacheAssets: true,
  blockExploits: true,
  locations: [
    location("/upload", { limits: { maxBodyBytes: 8 * 1024 ** 3, timeouts: { read: milliseconds(500) } } }),
    location("/camera/", {
      upstream: upstream({ scheme: "https", address: ipv4("192.168.0.50"), port: 8443 }),
    }),
  ],
};

/** representative edges by the name of their golden. */
export const representative: Readonly<Record<string, Edge>> = {
  plain: edge({ hosts: [host()] }),
  https: edge({
    hosts: [
      host({ tls }),
      host({ name: "any-apps", hosts: ["*.apps.test.com"], tls: { ...tls, force: false }, websocket: false }),
      host({
        name: "tls-to-the-end",
        hosts: ["bank.test.com"],
        tls,
        upstream: upstream({ scheme: "https", port: 443 }),
      }),
    ],
  }),
  strict: edge({ hosts: [host(everything)] }),
  append: edge({ hosts: [host({ ...everything, clientIp: "append" })] }),
  raw: edge({
    hosts: [
      host({
        rawNginx:
          "proxy_hide_header X-Powered-By;\n# until the application does it itself\nadd_header X-Frame-Options DENY always;",
        locations: [location("/legacy", { rawNginx: "proxy_buffering off;" })],
        adopt: 7,
      }),
    ],
  }),
  others: edge({
    redirections: [
      {
        name: "test-com",
        hosts: ["test.com"],
        to: { scheme: "auto", host: "www.test.com" },
        status: 301,
        keepPath: true,
        tls,
      },
      {
        name: "old-test-com",
        hosts: ["old.test.com", "*.old.test.com"],
        to: { scheme: "https", host: "main.test.com" },
        status: 307,
        keepPath: false,
        adopt: 12,
      },
    ],
    notFound: [
      { name: "gone-test-com", hosts: ["gone.test.com"], tls: { ...tls, hsts: { subdomains: true } } },
    ],
    streams: [
      { name: "git", port: 2222, transports: ["TCP"], to: { address: ipv4("192.168.0.245"), port: 22 } },
      { name: "dns", port: 53, transports: ["TCP", "UDP"], to: { address: ipv4("192.168.0.246"), port: 53 } },
      {
        name: "mqtt",
        port: 8883,
        transports: ["TCP"],
        to: { address: ipv4("192.168.0.247"), port: 1883 },
        certificate: "test.com",
      },
    ],
    defaultSite: { page: "redirect", url: "https://www.test.com/" },
  }),
};
