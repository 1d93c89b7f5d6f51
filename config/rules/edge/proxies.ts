import type { Draft, DraftEdge } from "../../draft";
import type { DraftEdgeEntry } from "../../draft/edge";
import type { Place } from "../../problem";
import type { EdgeTlsInput } from "../../schema/edge";

/** EdgeDraft is a cluster with a proxy in front. */
export interface EdgeDraft extends Draft {
  readonly edge: DraftEdge;
}

export function hasEdge(draft: Draft): draft is EdgeDraft {
  return draft.edge !== undefined;
}

/** proxiesOf a file: clusters by the proxy that they share, which is one by its address or by its url. */
export function proxiesOf(drafts: readonly Draft[]): EdgeDraft[][] {
  const proxies: EdgeDraft[][] = [];
  for (const draft of drafts.filter(hasEdge)) {
    const proxy = proxies.find((others) => others.some((other) => sameProxy(other, draft)));
    if (proxy === undefined) proxies.push([draft]);
    else proxy.push(draft);
  }
  return proxies;
}

function sameProxy(a: EdgeDraft, b: EdgeDraft): boolean {
  const [one, other] = [a, b].map(({ edge }) => edge.input.nginxProxyManager);
  return one?.address === other?.address || originOf(one?.url) === originOf(other?.url);
}

function originOf(url = ""): string {
  return new URL(url).origin;
}

/** ProxyEntry is one thing with host names at a proxy. */
export interface ProxyEntry {
  readonly kind: "proxy host" | "redirection" | "404 host";
  readonly hosts: readonly string[];
  readonly tls: EdgeTlsInput;
  readonly draft: EdgeDraft;
  /** keys of what it says about TLS. */
  readonly keys: readonly string[];
  /** place of its host names. */
  readonly place: Place;
}

/** entriesOf a cluster's proxy; of routes on one host the first speaks, for a rule has them agree. */
export function entriesOf(draft: EdgeDraft): ProxyEntry[] {
  const entry =
    (kind: ProxyEntry["kind"]) =>
    ({ hosts, input, keys }: DraftEdgeEntry<EdgeTlsInput>): ProxyEntry => {
      return { kind, hosts, tls: input, draft, keys, place: draft.at(...keys) };
    };
  return [
    ...draft.edge.hosts.map(({ hosts, routes: [{ route, edge, keys }] }): ProxyEntry => {
      const place = draft.at(...route.keys, "host" in route.input ? "host" : "hosts");
      return { kind: "proxy host", hosts, tls: edge, draft, keys, place };
    }),
    ...draft.edge.redirections.map(entry("redirection")),
    ...draft.edge.notFound.map(entry("404 host")),
  ];
}

/** takenBy nginx: a wildcard server name stands for one label or several. Source: nginx, docs/http/server_names */
export function takenBy(wildcard: string, host: string): boolean {
  return wildcard.startsWith("*.") && wildcard !== host && host.endsWith(wildcard.slice(1));
}
