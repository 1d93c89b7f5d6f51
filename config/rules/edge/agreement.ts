import type { DraftRoute } from "../../draft";
import type { EdgeRoute } from "../../draft/edge";
import { error } from "../../problem";
import type { Problem } from "../../problem";
import { listOf } from "../../words";
import { takenBy } from "./proxies";
import type { EdgeDraft } from "./proxies";

/** agreement of routes that share a host: the proxy has each host once, and asks no path. */
export function agreement(draft: EdgeDraft): Problem[] {
  return [...settingsDiffer(draft), ...ledOutside(draft), ...withoutPath(draft)];
}

function settingsDiffer(draft: EdgeDraft): Problem[] {
  return draft.edge.hosts.flatMap(({ routes: [first, ...others] }) =>
    others.flatMap((later, index) => {
      const [one, other] = [settingsOf(first), settingsOf(later)];
      const fields = Object.keys({ ...one, ...other }).filter(
        (field) => meaning(one[field]) !== meaning(other[field]),
      );
      if (fields.length === 0) return [];
      const earlier = [first, ...others.slice(0, index)].flatMap(({ route }) => route.hosts);
      const shared = later.route.hosts.filter((host) => earlier.includes(host));
      return [
        error("edge/settings-differ", [placeOf(draft, later, fields), placeOf(draft, first, fields)], {
          found: `${listOf(shared.length > 0 ? shared : later.route.hosts)} with another ${listOf(fields)}`,
          why: "the proxy has each host once, whatever paths lie below it, so the routes share one proxy host",
          fix: "write one edge as a constant and use it in both, or give one of the routes a host of its own",
        }),
      ];
    }),
  );
}

/** settingsOf a route's edge, with the defaults that depend on nothing but itself. */
function settingsOf({ edge }: EdgeRoute): Readonly<Record<string, unknown>> {
  const secure = edge.certificate !== undefined;
  return {
    ...edge,
    forceTls: edge.forceTls ?? secure,
    http2: edge.http2 ?? secure,
    hsts: edge.hsts === true ? { subdomains: false } : edge.hsts,
    websocket: edge.websocket ?? true,
    clientIp: edge.clientIp ?? "strict",
    locations: edge.locations ?? {},
    cacheAssets: edge.cacheAssets ?? false,
    blockExploits: edge.blockExploits ?? false,
  };
}

/** meaning of a value, whatever order its fields are written in. */
function meaning(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

function placeOf(draft: EdgeDraft, { edge, keys }: EdgeRoute, fields: readonly string[]) {
  const [field = ""] = fields;
  return draft.at(...keys, ...(Object.hasOwn(edge, field) ? [field] : []));
}

/** ledOutside: a route without edge, whose host the proxy leads to the ingress for another route's sake. */
function ledOutside(draft: EdgeDraft): Problem[] {
  const served = draft.edge.hosts.flatMap(({ routes }) => routes);
  const answered = [...draft.edge.redirections, ...draft.edge.notFound].flatMap(({ hosts }) => hosts);
  const named = new Set([...served.flatMap(({ route }) => route.hosts), ...answered]);
  return draft.routes
    .filter(({ input }) => input.edge === undefined)
    .flatMap((route) =>
      route.hosts.flatMap((host) => {
        const by = served.find((one) =>
          one.route.hosts.some((other) => other === host || (!named.has(host) && takenBy(other, host))),
        );
        return by === undefined ? [] : [ledOutsideBy(draft, route, host, by)];
      }),
    );
}

function ledOutsideBy(draft: EdgeDraft, route: DraftRoute, host: string, by: EdgeRoute): Problem {
  const same = by.route.hosts.includes(host);
  const wildcard = by.route.hosts.find((other) => takenBy(other, host));
  return error("edge/led-outside", [draft.at(...route.keys), draft.at(...by.keys)], {
    found: `${host} without edge, and ${same ? "with it" : `${wildcard} with it`}`,
    why: "a route without edge is reachable inside only, and the proxy leads this host to the ingress whatever is asked",
    fix: same
      ? "give both routes the same edge, or this one a host of its own"
      : `add edge to this route, or edge.notFound: { "${host}": {} }, so that the proxy answers 404`,
  });
}

function withoutPath(draft: EdgeDraft): Problem[] {
  return draft.edge.hosts.flatMap(({ routes }) =>
    routes.flatMap(({ route: { input, hosts, keys, rules } }) =>
      !("paths" in input) || rules.length > 0
        ? []
        : [
            error("edge/no-path", [draft.at(...keys, "paths"), draft.at(...keys, "edge")], {
              found: `no path below ${listOf(hosts)}`,
              why: "the proxy would lead visitors to an ingress that has no answer for them",
              fix: 'add a path such as "/", or take the route out',
            }),
          ],
    ),
  );
}
