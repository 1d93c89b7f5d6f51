import { lost } from "../trace";
import {
  type AnyHost,
  certificateOf,
  type EdgeRecords,
  type ProxyHost,
  type RedirectionHost,
} from "./records";

/** Server is one host of the proxy, as nginx finds it by its name. */
export type Server =
  | { readonly kind: "ProxyHost"; readonly host: ProxyHost }
  | { readonly kind: "RedirectionHost"; readonly host: RedirectionHost }
  | { readonly kind: "DeadHost"; readonly host: AnyHost };

/** serversOf a name, whether they serve or not. */
export function serversOf(edge: EdgeRecords, hostname: string): Server[] {
  const all: Server[] = [
    ...edge.proxyHosts.map((host) => ({ kind: "ProxyHost", host }) as const),
    ...edge.redirectionHosts.map((host) => ({ kind: "RedirectionHost", host }) as const),
    ...edge.deadHosts.map((host) => ({ kind: "DeadHost", host }) as const),
  ];
  return all
    .filter(({ host }) => nearness(host, hostname) > 0)
    .sort((a, b) => nearness(b.host, hostname) - nearness(a.host, hostname));
}

/**
 * serverOf a URL, as nginx chooses among those that listen: the exact name, else the longest wildcard.
 * @see https://nginx.org/en/docs/http/server_names.html
 */
export function serverOf(edge: EdgeRecords, { hostname, protocol }: URL): Server {
  const known = serversOf(edge, hostname);
  const [first] = known;
  if (first === undefined) return lost(`the edge has no host for ${hostname}, and shows its default site`);
  const serving = known.filter(({ host }) => absence(host) === undefined);
  if (serving.length === 0) return lost(`${nameOf(first)} ${absence(first.host) ?? ""}`);
  const listening =
    protocol === "https:" ? serving.filter(({ host }) => certificateOf(edge, host) !== undefined) : serving;
  return listening[0] ?? withoutCertificate(serving[0] ?? first);
}

/** nameOf a server, as a sentence has it. */
export function nameOf({ kind, host }: Server): string {
  return `${kind} ${host.name}`;
}

function withoutCertificate(server: Server): never {
  const { certificate_id: id } = server.host;
  const reason =
    id === undefined || id === null || id === 0
      ? "has no certificate"
      : `has certificate ${id}, which is not in the proxy`;
  return lost(`${nameOf(server)} ${reason}: the proxy refuses HTTPS for it`);
}

/** absence of a host, in words; undefined = it serves. */
function absence({ enabled, nginx_online: online, nginx_err: complaint }: AnyHost): string | undefined {
  if (!enabled) return "is disabled in the proxy";
  if (online) return undefined;
  return `is not online: nginx says ${complaint ?? "nothing"}`;
}

/** nearness of the best name of a host: 0 = none takes it, the exact one is nearest. */
function nearness({ domain_names: names }: AnyHost, hostname: string): number {
  const values = names.map((each) => {
    const name = each.toLowerCase();
    if (name === hostname) return Number.POSITIVE_INFINITY;
    return name.startsWith("*.") && hostname.endsWith(name.slice(1)) ? name.length : 0;
  });
  return Math.max(0, ...values);
}
