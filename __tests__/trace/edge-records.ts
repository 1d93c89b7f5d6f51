import type { Cluster } from "../../config/model";
import { type EdgeRecords, edgeRecords } from "../../trace/edge/records";
import { followFromEdge } from "../../trace/follow";
import type { KubernetesObject } from "../../trace/objects";
import type { Request } from "../../trace/trace";

/** edgeAddress of the proxy in these tests; the examples' machines do not have it. */
export const edgeAddress = "192.168.0.100";

/** recordsOf a proxy in front of a cluster: one host with a certificate for each route, as its edge stack would make it. */
export function recordsOf({ routes, ingress }: Cluster): EdgeRecords {
  return edgeRecords.parse({
    address: edgeAddress,
    proxyHosts: routes.map(({ name, hosts, tls }) => ({
      name,
      domain_names: hosts,
      certificate_id: "${nginxproxymanager_certificate_custom.all.id}",
      ssl_forced: true,
      advanced_config: "# slipway",
      forward_scheme: tls === undefined ? "http" : "https",
      forward_host: ingress?.address,
      forward_port: tls === undefined ? 80 : 443,
      locations: [],
    })),
    certificates: [{ id: "${nginxproxymanager_certificate_custom.all.id}", name: "all" }],
  });
}

/** withoutRow of a proxy, as somebody deletes it there. */
export function withoutRow(edge: EdgeRecords, { kind, name }: { kind: string; name: string }): EdgeRecords {
  const others = <Row extends { readonly name: string }>(of: string, rows: Row[]): Row[] =>
    rows.filter((row) => kind !== of || row.name !== name);
  return {
    address: edge.address,
    proxyHosts: others("ProxyHost", edge.proxyHosts),
    redirectionHosts: others("RedirectionHost", edge.redirectionHosts),
    deadHosts: others("DeadHost", edge.deadHosts),
    streams: others("Stream", edge.streams),
    certificates: others("Certificate", edge.certificates),
  };
}

/** proxy with some rows; it stands at edgeAddress unless they say otherwise. */
export function proxy(records: object): EdgeRecords {
  return edgeRecords.parse({ address: edgeAddress, ...records });
}

export function wayFromEdge(
  records: object,
  objects: readonly KubernetesObject[],
  url: string,
  request: Partial<Request> = {},
) {
  const asked = { url: new URL(url), method: "GET", headers: {}, ...request };
  return followFromEdge(proxy(records), objects, asked);
}
