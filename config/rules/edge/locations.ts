import type { Draft } from "../../draft";
import type { EdgeRoute } from "../../draft/edge";
import { contains, ipv4Number, parseNetwork, printIpv4 } from "../../network";
import type { Ipv4 } from "../../network";
import { error, warning } from "../../problem";
import type { Problem } from "../../problem";
import type { EdgeLocationInput } from "../../schema/edge";
import type { EdgeDraft } from "./proxies";

/** locations: each path is one, and leads to a machine that stays where it is. */
export function locations(draft: EdgeDraft, drafts: readonly Draft[]): Problem[] {
  const routes = draft.edge.hosts.flatMap((host) => host.routes);
  return routes.flatMap((route) =>
    Object.entries(route.edge.locations ?? {}).flatMap(([path, location]) => [
      ...malformedPath(draft, route, path),
      ...upstreamInside(draft, route, path, location, drafts),
      ...schemeOfPort(draft, route, path, location),
    ]),
  );
}

/** malformedPath: the proxy checks none of it, and writes it into its configuration as it is. */
function malformedPath(draft: EdgeDraft, { keys }: EdgeRoute, path: string): Problem[] {
  const place = draft.at(...keys, "locations", path);
  if (path === "/") {
    return [
      error("edge/location-path", [place], {
        found: '"/"',
        why: "it is the host itself, which leads to the ingress",
        fix: "write its settings in edge, without locations",
      }),
    ];
  }
  if (/^\/[\w.~!*+,:@&=/-]*$/.test(path)) return [];
  return [
    error("edge/location-path", [place], {
      found: JSON.stringify(path),
      why: "it is a prefix of the decoded path, from its slash on; quotes, braces, semicolons, spaces, $ and % mean something else",
      fix: 'write it like "/files"',
    }),
  ];
}

function upstreamInside(
  draft: EdgeDraft,
  { keys }: EdgeRoute,
  path: string,
  { to }: EdgeLocationInput,
  drafts: readonly Draft[],
): Problem[] {
  const wrong = to === undefined ? undefined : wrongUpstream(draft, drafts, to.address);
  if (to === undefined || wrong === undefined) return [];
  return [
    error("edge/upstream", [draft.at(...keys, "locations", path, "to", "address")], {
      found: `${to.address}, ${wrong.is}`,
      why: wrong.why,
      fix: wrong.fix,
    }),
  ];
}

interface WrongUpstream {
  readonly is: string;
  readonly why: string;
  readonly fix: string;
}

function wrongUpstream(draft: EdgeDraft, drafts: readonly Draft[], address: Ipv4): WrongUpstream | undefined {
  const number = ipv4Number(address);
  const balanced = 'give the service expose: { type: "LoadBalancer", address: … }, and write that address';
  if (address === draft.edge.input.nginxProxyManager.address) {
    return {
      is: "the proxy itself",
      why: "requests would come back to it without end",
      fix: "leave to out, and the location leads to the ingress",
    };
  }
  if (notOfAMachine.some((network) => contains(network, number))) {
    return {
      is: "which is no other machine's address",
      why: "to the proxy it is itself, or nobody",
      fix: "write the address of the machine that answers",
    };
  }
  for (const { input, nodes } of drafts) {
    const node = nodes.find((one) => printIpv4(one.address) === address);
    if (node !== undefined || address === input.api.address) {
      return {
        is: node === undefined ? "the API" : `node ${node.name}`,
        why: "a node is rebuilt and retired, and then nobody answers there",
        fix: balanced,
      };
    }
    const { pods, services } = input.network;
    if (contains(pods, number) || contains(services, number)) {
      return {
        is: contains(pods, number) ? `one of network.pods` : `one of network.services`,
        why: "that address means something inside the cluster only, and the proxy is outside",
        fix: balanced,
      };
    }
  }
  return undefined;
}

/** notOfAMachine: this host, loopback, link-local, and multicast with all that is above it (RFC 6890). */
const notOfAMachine = ["0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3"].flatMap(
  (cidr) => parseNetwork(cidr) ?? [],
);

function schemeOfPort(
  draft: EdgeDraft,
  { keys }: EdgeRoute,
  path: string,
  { to }: EdgeLocationInput,
): Problem[] {
  const scheme = to?.scheme ?? "http";
  const usual = to?.port === 443 ? "https" : to?.port === 80 ? "http" : scheme;
  if (to === undefined || usual === scheme) return [];
  return [
    warning("edge/scheme-of-port", [draft.at(...keys, "locations", path, "to")], {
      found: `${scheme} on port ${to.port}`,
      why: `${usual} is what usually answers there`,
      fix: `write scheme: "${usual}", or the port that speaks ${scheme}`,
    }),
  ];
}
