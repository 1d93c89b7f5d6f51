import type { AnyHost as Settings } from "./hosts";
import { markLines } from "./nginx/mark";
import { NginxText } from "./nginx/text";
import { hostWord } from "./nginx/words";
import { tlsFields } from "./tls";
import type { EdgeTls } from "../config/model/edge";

interface Named {
  readonly name: string;
  readonly hosts: readonly string[];
  readonly tls?: EdgeTls;
  readonly adopt?: number;
}

/** anyHost: what proxy hosts, redirections and 404 hosts have in common, with text for its server block. */
export function anyHost(cluster: string, host: Named, text: readonly NginxText[] = []): Settings {
  return {
    name: host.name,
    domainNames: domainNames(host.hosts),
    ...tlsFields(host.tls),
    advancedConfig: NginxText.join([...markLines(cluster, host.name), ...text]).toString(),
    ...(host.adopt === undefined ? {} : { adopt: host.adopt }),
  };
}

/** domainNames in lower case and in the proxy's order: it compares them with case, and sorts what it keeps. */
function domainNames(hosts: readonly string[]): readonly string[] {
  return [...new Set(hosts.map((host) => hostWord(host.toLowerCase())))].sort();
}
