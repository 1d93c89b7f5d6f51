import { mib, milliseconds } from "../units";
import type { ClusterInput } from "../schema";
import type { NotFoundInput, RedirectionInput, RouteEdgeInput, StreamInput } from "../schema/edge";
import { routeNames } from "./route-names";
import type { DraftRoute } from "./routes";

/** DraftEdge is the proxy in front of a cluster, and what the file makes in it. */
export interface DraftEdge {
  readonly input: EdgeInput;
  readonly hosts: readonly DraftEdgeHost[];
  readonly redirections: readonly DraftEdgeEntry<RedirectionInput>[];
  readonly notFound: readonly DraftEdgeEntry<NotFoundInput>[];
  readonly streams: readonly DraftStream[];
}

/** DraftEdgeHost is one proxy host: routes with `edge` that share hosts, with each other or through others. */
export interface DraftEdgeHost {
  /** name of the first route. */
  readonly name: string;
  /** hosts of all its routes, sorted. */
  readonly hosts: readonly string[];
  readonly routes: readonly [EdgeRoute, ...EdgeRoute[]];
}

/** EdgeRoute is a route with `edge`. */
export interface EdgeRoute {
  readonly route: DraftRoute;
  readonly edge: RouteEdgeInput;
  /** keys of its `edge` in the file. */
  readonly keys: readonly string[];
}

/** DraftEdgeEntry of `redirections` or `notFound`. */
export interface DraftEdgeEntry<Input> {
  readonly name: string;
  readonly hosts: readonly string[];
  readonly input: Input;
  readonly keys: readonly string[];
}

export interface DraftStream {
  readonly name: string;
  readonly input: StreamInput;
  readonly keys: readonly string[];
}

/** proxyMaxBody and proxyTimeout that Nginx Proxy Manager has where nothing is said: 2000 MB, 90 s each. Source: its conf.d/include/proxy.conf */
export const proxyMaxBody = mib(2000);
export const proxyTimeout = milliseconds(90_000);

export function edgeOf({ edge }: ClusterInput, routes: readonly DraftRoute[]): DraftEdge | undefined {
  if (edge === undefined) return undefined;
  return {
    input: edge,
    hosts: edgeHostsOf(routes),
    redirections: entriesOf("redirections", edge.redirections),
    notFound: entriesOf("notFound", edge.notFound),
    streams: Object.entries(edge.streams ?? {}).map(([name, input]) => {
      return { name, input, keys: ["edge", "streams", name] };
    }),
  };
}

type EdgeInput = NonNullable<ClusterInput["edge"]>;

/** edgeHostsOf routes, in the order of their first ones. */
function edgeHostsOf(routes: readonly DraftRoute[]): DraftEdgeHost[] {
  const served = routes.flatMap((route): EdgeRoute[] => {
    const { edge } = route.input;
    return edge === undefined ? [] : [{ route, edge, keys: [...route.keys, "edge"] }];
  });
  const byHost = new Map<string, EdgeRoute[]>();
  for (const one of served) {
    for (const host of one.route.hosts) {
      const known = byHost.get(host);
      if (known === undefined) byHost.set(host, [one]);
      else known.push(one);
    }
  }
  const grouped = new Set<EdgeRoute>();
  return served.flatMap((first) => {
    if (grouped.has(first)) return [];
    const together = connectedTo(first, byHost);
    for (const one of together) grouped.add(one);
    const others = served.filter((one) => one !== first && together.has(one));
    const hosts = [...new Set([first, ...others].flatMap(({ route }) => route.hosts))].sort();
    return [{ name: first.route.name, hosts, routes: [first, ...others] }];
  });
}

/** connectedTo a route: those with one of its hosts, those with one of theirs, and so on. */
function connectedTo(first: EdgeRoute, byHost: ReadonlyMap<string, readonly EdgeRoute[]>): Set<EdgeRoute> {
  const found = new Set([first]);
  for (const { route } of found) {
    for (const neighbour of route.hosts.flatMap((host) => byHost.get(host) ?? [])) found.add(neighbour);
  }
  return found;
}

function entriesOf<Input extends { readonly hosts?: readonly string[] | undefined }>(
  section: string,
  entries: Readonly<Record<string, Input>> = {},
): DraftEdgeEntry<Input>[] {
  const names = routeNames(Object.keys(entries).map((host) => [host]));
  return Object.entries(entries).map(([host, input], index) => {
    return { name: names[index] ?? "", hosts: input.hosts ?? [host], input, keys: ["edge", section, host] };
  });
}
