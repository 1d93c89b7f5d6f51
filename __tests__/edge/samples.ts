import type { Edge, EdgeHost, EdgeLocation, Upstream } from "../../config/model/edge";
import { type Ipv4, type Ipv4Network, isIpv4, parseNetwork } from "../../config/network";

/** host of the samples: everything that has a default has it. */
export function host(changed: Partial<EdgeHost> = {}): EdgeHost {
  return {
    name: "main-test-com",
    hosts: ["main.test.com"],
    routes: ["main-test-com"],
    upstream: upstream(),
    websocket: true,
    limits: { timeouts: {} },
    allow: [],
    clientIp: "strict",
    locations: [],
    cacheAssets: false,
    blockExploits: false,
    ...changed,
  };
}

export function location(path: string, changed: Partial<EdgeLocation> = {}): EdgeLocation {
  return { path, upstream: upstream(), limits: { timeouts: {} }, ...changed };
}

export function upstream(changed: Partial<Upstream> = {}): Upstream {
  return { scheme: "http", address: ipv4("192.168.0.240"), port: 80, ...changed };
}

export function edge(changed: Partial<Edge> = {}): Edge {
  return {
    url: "http://192.168.0.100:81",
    address: ipv4("192.168.0.100"),
    certificates: [],
    hosts: [],
    redirections: [],
    notFound: [],
    streams: [],
    ...changed,
  };
}

export function ipv4(text: string): Ipv4 {
  if (!isIpv4(text)) throw new Error(`${text} is not an address`);
  return text;
}

export function network(text: string): Ipv4Network {
  const parsed = parseNetwork(text);
  if (parsed === undefined) throw new Error(`${text} is not a network`);
  return parsed;
}
