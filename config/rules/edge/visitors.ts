import { engineOf } from "../../engine";
import { contains, ipv4Number } from "../../network";
import { error, warning } from "../../problem";
import type { Problem } from "../../problem";
import { counted } from "../../words";
import type { EdgeDraft } from "./proxies";

/**
 * visitors: whose address pods see. The ingress keeps visitors' addresses (externalTrafficPolicy Local) and believes
 * the proxy alone, without a word in the file.
 */
export function visitors(draft: EdgeDraft): Problem[] {
  return [...proxyProtocol(draft), ...appended(draft), ...cachedAssets(draft)];
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

/** cachedAssets come from a location of the proxy's own, which knows neither strict headers nor other locations. */
function cachedAssets(draft: EdgeDraft): Problem[] {
  return draft.edge.hosts.flatMap(({ routes: [{ edge, keys }] }) => {
    if (edge.cacheAssets !== true) return [];
    const place = draft.at(...keys, "cacheAssets");
    const others = Object.keys(edge.locations ?? {}).length;
    return [
      ...(edge.clientIp === "append"
        ? []
        : [
            error(
              "edge/cache-assets",
              [place, draft.at(...keys, ...(edge.clientIp === undefined ? [] : ["clientIp"]))],
              {
                found: "cacheAssets, and clientIp strict",
                why: "pictures, styles and scripts would take another way through the proxy, on which visitors' X-Forwarded-* pass",
                fix: 'take cacheAssets out, or set clientIp to "append"',
              },
            ),
          ]),
      ...(others === 0
        ? []
        : [
            error("edge/cache-assets", [place, draft.at(...keys, "locations")], {
              found: `cacheAssets, and ${counted(others, "location")}`,
              why: "pictures, styles and scripts below a location would be asked of the ingress all the same",
              fix: "take cacheAssets out, or the locations",
            }),
          ]),
    ];
  });
}
