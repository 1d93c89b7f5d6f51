import type { ClusterDns } from "../../config/model/cluster-dns";
import type { Ipv4 } from "../../config/network";
import { type Plugin, byName, lines, narrowestFirst } from "./corefile";
import { wildcardTemplates } from "./wildcards";

/**
 * corednsPlugins: the chart's own, as it has them, and between them what the file asks for. CoreDNS asks them in its
 * own order, whatever stands here: rewrite, cache, template, hosts, kubernetes, forward.
 * @see coredns plugin.cfg
 */
export function corednsPlugins(dns: ClusterDns): readonly Plugin[] {
  return [
    { name: "errors" },
    { name: "health", configBlock: "lameduck 10s" },
    { name: "ready" },
    ...byName(dns.rewrites).map(([asked, answered]) => ({
      name: "rewrite",
      parameters: `name exact ${asked} ${answered}`,
    })),
    ...wildcardTemplates(dns),
    ...hosts(dns),
    {
      name: "kubernetes",
      parameters: reverseZones(dns),
      configBlock: lines("pods insecure", "fallthrough in-addr.arpa ip6.arpa", "ttl 30"),
    },
    { name: "prometheus", parameters: "0.0.0.0:9153" },
    ...forwards(dns),
    { name: "cache", parameters: 30 },
    { name: "loop" },
    { name: "reload" },
    { name: "loadbalance" },
  ];
}

function hosts({ hosts: names }: ClusterDns): Plugin[] {
  const entries = byName(names).map(([name, address]) => `${address} ${name}`);
  return entries.length === 0 ? [] : [{ name: "hosts", configBlock: lines(...entries, "fallthrough") }];
}

/** reverseZones that the cluster answers; its domain is put in front by RKE2's template. */
function reverseZones({ reverse }: ClusterDns): string {
  return reverse.length === 0 ? "in-addr.arpa ip6.arpa" : reverse.map(({ cidr }) => cidr).join(" ");
}

/**
 * forwards, the longest zone first: the first that fits is asked. A server of its own for each zone would answer
 * neither the hosts nor the rewrites that lie in it.
 */
function forwards({ zones, forward }: ClusterDns): Plugin[] {
  return [...narrowestFirst(zones), [".", forward] as const].map(([zone, servers]) => ({
    name: "forward",
    parameters: [zone, ...resolvers(servers)].join(" "),
  }));
}

function resolvers(servers: readonly Ipv4[]): readonly string[] {
  return servers.length === 0 ? ["/etc/resolv.conf"] : servers;
}
