import type { Draft, DraftRoute } from "../draft";
import { error } from "../problem";
import type { Place, Problem } from "../problem";

/** sameHost: routes that have a host in common, or one below a wildcard of another, agree on what engines hold once for a host. */
export function sameHost(drafts: readonly Draft[]): Problem[] {
  return [
    ...drafts.flatMap((draft) => {
      const hosts = routesByHost(draft);
      return [...tlsDiffers(draft, hosts), ...wildcardBehind(draft, hosts)];
    }),
    ...atOneEdge(drafts),
  ];
}

type RoutesByHost = ReadonlyMap<string, readonly DraftRoute[]>;

function routesByHost({ routes }: Draft): RoutesByHost {
  const byHost = new Map<string, DraftRoute[]>();
  for (const route of routes) {
    for (const host of new Set(route.hosts)) {
      const known = byHost.get(host);
      if (known === undefined) byHost.set(host, [route]);
      else known.push(route);
    }
  }
  return byHost;
}

/** tlsDiffers: Istio and Gateway API take one certificate for a host, nginx one redirect, and a browser asks by host alone. */
function tlsDiffers(draft: Draft, hosts: RoutesByHost): Problem[] {
  return [...hosts].flatMap(([host, [first, ...others]]) =>
    others.flatMap((later) =>
      first === undefined || tlsOf(first).means === tlsOf(later).means
        ? []
        : [
            error("routes/tls-differs", [draft.at(...tlsOf(later).keys), draft.at(...tlsOf(first).keys)], {
              found: `${host} with ${tlsOf(later).said}, and with ${tlsOf(first).said}`,
              why: "an ingress settles TLS by the host, before it knows the path",
              fix: "write the same tls in both routes, or give one of them a host of its own",
            }),
          ],
    ),
  );
}

interface Tls {
  readonly means: string;
  readonly said: string;
  readonly keys: readonly string[];
}

function tlsOf({ input, keys }: DraftRoute): Tls {
  if ("passthrough" in input) {
    return { means: "passthrough", said: "TLS passed through", keys: [...keys, "passthrough"] };
  }
  if (input.tls === undefined) return { means: "none", said: "no tls", keys };
  const tls = typeof input.tls === "string" ? { certificate: input.tls } : input.tls;
  const { certificate, minVersion = "1.2", redirect = true, clientAuthority } = tls;
  return {
    means: JSON.stringify([certificate, minVersion, redirect, clientAuthority]),
    said: `"${certificate}"`,
    keys: [...keys, "tls"],
  };
}

/** wildcardBehind a host that has no answer for every path: engines differ in whether the wildcard gets the rest. */
function wildcardBehind(draft: Draft, hosts: RoutesByHost): Problem[] {
  return [...hosts].flatMap(([host, routes]) => {
    const wildcard = `*${host.slice(host.indexOf("."))}`;
    const [first] = routes;
    const [behind] = hosts.get(wildcard) ?? [];
    if (first === undefined || behind === undefined || host === wildcard) return [];
    if ([...routes, behind].some(({ input }) => "passthrough" in input) || routes.some(takesEverything))
      return [];
    return [
      error("routes/wildcard-behind", [placeOf(draft, first), placeOf(draft, behind)], {
        found: `${host} without "/", and ${wildcard}`,
        why: `of what no path of ${host} takes, some engines ask ${wildcard}, and others answer 404`,
        fix: `give ${host} the path "/" too`,
      }),
    ];
  });
}

function takesEverything({ rules }: DraftRoute): boolean {
  return rules.some(
    ({ path, condition }) => path.kind === "prefix" && path.value === "/" && condition === undefined,
  );
}

/** atOneEdge: a proxy has each host once, whatever clusters stand behind it. */
function atOneEdge(drafts: readonly Draft[]): Problem[] {
  const seen = new Map<string, { readonly draft: Draft; readonly route: DraftRoute }>();
  return drafts.flatMap((draft) => {
    const proxy = draft.input.edge?.nginxProxyManager.address;
    return draft.routes.flatMap((route) =>
      route.hosts.flatMap((host): Problem[] => {
        if (proxy === undefined || route.input.edge === undefined) return [];
        const key = `${proxy} ${host}`;
        const earlier = seen.get(key);
        seen.set(key, earlier ?? { draft, route });
        if (earlier === undefined || earlier.draft === draft) return [];
        return [
          error("routes/twice-at-the-edge", [placeOf(draft, route), placeOf(earlier.draft, earlier.route)], {
            found: host,
            why: `the proxy ${proxy} leads each host to one cluster`,
            fix: "give one of them another host, or take edge out of one of the routes",
          }),
        ];
      }),
    );
  });
}

function placeOf(draft: Draft, { input, keys }: DraftRoute): Place {
  return draft.at(...keys, "host" in input ? "host" : "hosts");
}
