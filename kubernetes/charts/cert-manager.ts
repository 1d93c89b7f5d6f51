import type { Cluster } from "../../config/model";
import type { Issuer } from "../../config/model/certificates";
import { charts } from "../../versions";
import type { Chart, Namespace } from "../chart";
import type { Json } from "../object";

/** certManagerNamespace, where it looks for the Secrets of issuers that are for the whole cluster. */
export const certManagerNamespace: Namespace = { name: "cert-manager", podSecurity: "restricted" };

/** certManager; its webhook has to answer before the first issuer is written, so the release waits. */
export function certManager(cluster: Cluster): Chart {
  return {
    release: "cert-manager",
    ...charts["cert-manager"],
    namespace: certManagerNamespace,
    values: { crds: { enabled: true }, ...gatewayApi(cluster), ...resolvers(cluster) },
    wait: true,
  };
}

/** gatewayApi, by which it answers http01 challenges where a Gateway is the way in. */
function gatewayApi({ ingress, issuers }: Cluster): Record<string, Json> {
  return ingress?.engine.startsWith("gateway-api/") === true && issuers.some(isHttp01)
    ? { config: { gatewayAPI: { enabled: true } } }
    : {};
}

/**
 * resolvers that cert-manager asks whether a dns01 record is out. The cluster's own DNS would answer for the hosts of
 * the split horizon itself, and cert-manager would look for the record in the wrong zone.
 * @see https://cert-manager.io/docs/configuration/acme/dns01/#setting-nameservers-for-dns01-self-check
 */
function resolvers({ dns, network, issuers }: Cluster): Record<string, Json> {
  const answersItself =
    dns !== undefined && [dns.hosts, dns.wildcards].some((names) => Object.keys(names).length > 0);
  if (!answersItself || !issuers.some(isDns01)) return {};
  const servers = dns.forward.length === 0 ? network.dns : dns.forward;
  return {
    dns01RecursiveNameservers: servers.map((server) => `${server}:53`).join(","),
    dns01RecursiveNameserversOnly: true,
  };
}

function isDns01({ authority }: Issuer): boolean {
  return authority.kind === "acme" && authority.challenge.kind === "dns01";
}

function isHttp01({ authority }: Issuer): boolean {
  return authority.kind === "acme" && authority.challenge.kind === "http01";
}
