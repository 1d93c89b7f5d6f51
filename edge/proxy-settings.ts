import type { Edge } from "../config/model/edge";
import { deadHost } from "./dead-host";
import { defaultSite } from "./default-site";
import type { ProxySettings } from "./hosts";
import { markOf } from "./nginx/mark";
import { proxyHost } from "./proxy-host";
import { redirectionHost } from "./redirection-host";
import { stream } from "./stream";

/** proxySettings that a cluster asks of the proxy in front of it. */
export function proxySettings(cluster: string, edge: Edge): ProxySettings {
  return {
    mark: markOf(cluster),
    proxyHosts: edge.hosts.map((host) => proxyHost(cluster, host)),
    redirectionHosts: edge.redirections.map((redirection) => redirectionHost(cluster, redirection)),
    deadHosts: edge.notFound.map((notFound) => deadHost(cluster, notFound)),
    streams: edge.streams.map(stream),
    ...(edge.defaultSite === undefined ? {} : { defaultSite: defaultSite(edge.defaultSite) }),
  };
}
