import { proxyTimeout } from "../../draft/edge";
import type { EdgeRoute } from "../../draft/edge";
import type { DraftRule } from "../../draft/routes";
import { error, warning } from "../../problem";
import type { Problem } from "../../problem";
import { printMiB } from "../../units";
import type { Milliseconds } from "../../units";
import type { EdgeDraft } from "./proxies";

/** limits: what the proxy lets pass is at least what the route behind it takes. */
export function limits(draft: EdgeDraft): Problem[] {
  const routes = draft.edge.hosts.flatMap((host) => host.routes);
  return routes.flatMap((route) => [
    ...noTime(draft, route),
    ...route.route.rules
      .filter(({ condition }) => condition === undefined)
      .flatMap((rule) => [
        ...websocketOff(draft, route, rule),
        ...websocketIdle(draft, route, rule),
        ...smallerBody(draft, route, rule),
        ...shorterTimeout(draft, route, rule),
      ]),
  ]);
}

function noTime(draft: EdgeDraft, { edge, keys }: EdgeRoute): Problem[] {
  const written = [
    { timeouts: edge.timeouts, at: keys },
    ...Object.entries(edge.locations ?? {}).map(([path, { timeouts }]) => {
      return { timeouts, at: [...keys, "locations", path] };
    }),
  ];
  return written.flatMap(({ timeouts = {}, at }) =>
    Object.entries(timeouts)
      .filter(([, duration]) => duration === 0)
      .map(([field]) =>
        error("edge/no-time", [draft.at(...at, "timeouts", field)], {
          found: "no time at all",
          why: "the proxy would give up before anything can come",
          fix: "write the time that it is to wait, or leave it out for 90s",
        }),
      ),
  );
}

function websocketOff(draft: EdgeDraft, { edge, keys }: EdgeRoute, rule: DraftRule): Problem[] {
  if (rule.policy.websocket !== true || edge.websocket !== false) return [];
  const at = rule.policyKeys.websocket ?? [];
  return [
    error("edge/websocket-off", [draft.at(...keys, "websocket"), draft.at(...at)], {
      found: "false, and websocket below it",
      why: "the proxy drops the upgrade, and the service answers as if none had been asked for",
      fix: "take websocket: false out of edge",
    }),
  ];
}

function websocketIdle(draft: EdgeDraft, route: EdgeRoute, rule: DraftRule): Problem[] {
  const read = limitsFor(route, rule, "read");
  const waits = read?.value ?? proxyTimeout;
  if (rule.policy.websocket !== true || route.edge.websocket === false || waits > proxyTimeout) return [];
  const at = rule.policyKeys.websocket ?? [];
  return [
    warning("edge/websocket-idle", [draft.at(...(read?.keys ?? route.keys)), draft.at(...at)], {
      found: `timeouts.read ${said(waits)}, and websocket`,
      why: "the proxy cuts a connection on which nothing came that long",
      fix: 'add timeouts: { read: "1h" } to edge, unless the service writes more often',
    }),
  ];
}

function smallerBody(
  draft: EdgeDraft,
  route: EdgeRoute,
  { policy, policyKeys, ...rule }: DraftRule,
): Problem[] {
  const { edge, keys } = route;
  const location = locationOf(route, rule);
  const own = location?.settings.maxBody;
  const written = own ?? edge.maxBody;
  if (policy.maxBody === undefined || written === undefined || written >= policy.maxBody) return [];
  const at = own === undefined ? keys : (location?.keys ?? keys);
  return [
    warning("edge/smaller-body", [draft.at(...at, "maxBody"), draft.at(...(policyKeys.maxBody ?? []))], {
      found: `${printMiB(written)} at the proxy, and ${printMiB(policy.maxBody)} behind it`,
      why: "the proxy answers 413 to what the route would take",
      fix: "take it out: the proxy then takes what the route takes",
    }),
  ];
}

function shorterTimeout(draft: EdgeDraft, route: EdgeRoute, rule: DraftRule): Problem[] {
  const { policy, policyKeys } = rule;
  const read = limitsFor(route, rule, "read");
  const request = policy.timeouts?.request;
  if (request === undefined || read === undefined || read.value >= request) return [];
  return [
    warning(
      "edge/shorter-timeout",
      [draft.at(...read.keys), draft.at(...(policyKeys.timeouts ?? []), "request")],
      {
        found: `${said(read.value)} at the proxy, and ${said(request)} behind it`,
        why: "the proxy answers 504 while the route still waits",
        fix: "take it out: the proxy then waits as long as the route",
      },
    ),
  ];
}

/** limitsFor a rule: the timeout that its location says, else the host's. */
function limitsFor(
  route: EdgeRoute,
  rule: Pick<DraftRule, "path">,
  field: "read",
): { readonly value: Milliseconds; readonly keys: readonly string[] } | undefined {
  const location = locationOf(route, rule);
  const own = location?.settings.timeouts?.[field];
  if (location !== undefined && own !== undefined) {
    return { value: own, keys: [...location.keys, "timeouts", field] };
  }
  const value = route.edge.timeouts?.[field];
  return value === undefined ? undefined : { value, keys: [...route.keys, "timeouts", field] };
}

/** locationOf a rule's path: the longest that leads to the ingress too. */
function locationOf({ edge, keys }: EdgeRoute, { path }: Pick<DraftRule, "path">) {
  const [longest] = Object.entries(edge.locations ?? {})
    .filter(([prefix, { to }]) => to === undefined && path.kind !== "regex" && path.value.startsWith(prefix))
    .sort(([a], [b]) => b.length - a.length);
  if (longest === undefined) return undefined;
  const [prefix, settings] = longest;
  return { settings, keys: [...keys, "locations", prefix] };
}

function said(duration: Milliseconds): string {
  return duration % 1000 === 0 ? `${duration / 1000}s` : `${duration}ms`;
}
