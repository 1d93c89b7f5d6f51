import { engineOf } from "../../engine";
import { contains, ipv4Number } from "../../network";
import { error, warning } from "../../problem";
import type { Problem } from "../../problem";
import { listOf } from "../../words";
import type { EdgeDraft } from "./proxies";

/**
 * visitors: whose address pods see. The ingress keeps visitors' addresses (externalTrafficPolicy Local) and believes
 * the proxy alone, without a word in the file.
 */
export function visitors(draft: EdgeDraft): Problem[] {
  return [...proxyProtocol(draft), ...appended(draft), ...openToPrivate(draft)];
}

/** proxyProtocol: Nginx Proxy Manager speaks none of it to an upstream, and some engines take nothing else then. */
function proxyProtocol(draft: EdgeDraft): Problem[] {
  const { ingress } = draft.input;
  const through =
    draft.edge.hosts.length > 0 || draft.edge.streams.some(({ input }) => "ingress" in input.to);
  if (ingress?.proxyProtocol === undefined || !through) return [];
  const { address } = draft.edge.input.nginxProxyManager;
  const holder = ingress.proxyProtocol.find((network) => contains(network, ipv4Number(address)));
  const ofEverybody = !engineOf(ingress).endsWith("traefik");
  if (holder === undefined && !ofEverybody) return [];
  return [
    error(
      "edge/proxy-protocol",
      [draft.at("ingress", "proxyProtocol"), draft.at("edge", "nginxProxyManager", "address")],
      {
        found:
          holder === undefined
            ? `${engineOf(ingress)}, and a proxy in front`
            : `${holder.cidr} holds ${address}`,
        why:
          holder === undefined
            ? "this engine then takes no connection without the PROXY protocol, and Nginx Proxy Manager does not speak it"
            : "Nginx Proxy Manager does not speak the PROXY protocol; it names visitors in X-Forwarded-For, which is believed",
        fix: "take ingress.proxyProtocol out, or name only networks that speak it",
      },
    ),
  ];
}

function appended(draft: EdgeDraft): Problem[] {
  return draft.edge.hosts.flatMap(({ routes: [{ edge, keys }] }) =>
    edge.clientIp !== "append"
      ? []
      : [
          warning("edge/append", [draft.at(...keys, "clientIp")], {
            found: '"append"',
            why: "what visitors write about themselves in X-Forwarded-* reaches the pods, where it may be believed",
            fix: "take clientIp out, unless a proxy that you trust stands before this one",
          }),
        ],
  );
}

/** openToPrivate: only strict replaces the proxy's own list of whom it believes about X-Real-IP, every private address. */
function openToPrivate(draft: EdgeDraft): Problem[] {
  return draft.edge.hosts.flatMap(({ routes: [{ edge, keys }] }) =>
    edge.clientIp !== "append" || edge.allow === undefined
      ? []
      : [
          error("edge/append-and-allow", [draft.at(...keys, "allow"), draft.at(...keys, "clientIp")], {
            found: `${listOf(edge.allow.map(({ cidr }) => cidr))}, and clientIp append`,
            why: "whoever comes from a private address, as everybody does behind Docker's, may then say in X-Real-IP which address they have",
            fix: "take clientIp out, or allow the networks with the route's own allow, at the ingress",
          }),
        ],
  );
}
