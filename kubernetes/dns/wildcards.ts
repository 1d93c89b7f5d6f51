import type { ClusterDns } from "../../config/model/cluster-dns";
import type { Ipv4 } from "../../config/network";
import { type Plugin, byName, labelsOf, lines, narrowestFirst } from "./corefile";

/**
 * wildcardTemplates answer every name one level below a zone, as a certificate for `*.zone` covers it. Deeper names
 * are left alone: where the zone is a search domain too, `api.example.com` is asked for as `api.example.com.zone`.
 * Other types of record go on to whoever has them, but no AAAA record may lead past the wildcard.
 * @see https://coredns.io/plugins/template/
 */
export function wildcardTemplates(dns: ClusterDns): readonly Plugin[] {
  return narrowestFirst(dns.wildcards).flatMap(([zone, address]) => [
    ...exceptions(dns, zone, address),
    answering(zone, `^[^.]+\\.${quoted(zone)}\\.$`, address),
    withoutAnswer(zone, `^[^.]+\\.${quoted(zone)}\\.$`),
  ]);
}

/** exceptions: hosts below the zone with another address; CoreDNS asks templates before hosts. */
function exceptions({ hosts }: ClusterDns, zone: string, address: Ipv4): Plugin[] {
  return byName(hosts)
    .filter(([host, its]) => its !== address && host.endsWith(`.${zone}`))
    .filter(([host]) => labelsOf(host) === labelsOf(zone) + 1)
    .map(([host, its]) => answering(host, `^${quoted(host)}\\.$`, its));
}

function answering(zone: string, match: string, address: Ipv4): Plugin {
  return {
    name: "template",
    parameters: `IN A ${zone}`,
    configBlock: lines(`match ${match}`, `answer "{{ .Name }} 60 IN A ${address}"`, "fallthrough"),
  };
}

function withoutAnswer(zone: string, match: string): Plugin {
  return {
    name: "template",
    parameters: `IN AAAA ${zone}`,
    configBlock: lines(`match ${match}`, "rcode NOERROR", "fallthrough"),
  };
}

function quoted(name: string): string {
  return name.replaceAll(".", "\\.");
}
