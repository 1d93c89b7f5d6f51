import type { Cluster } from "../../config/model";
import type { EngineName } from "../../config/model/ingress";
import type { Backend, Condition, Redirect, Route, RouteRule } from "../../config/model/routes";
import { counted } from "../../config/words";
import { bounds, folded } from "../bounds";
import type { Arrow, Box, End, Row } from "../picture";
import type { Piece } from "./piece";
import { moreServices, type ServiceAt } from "./services";

/**
 * ingressPiece, the engine with the rules of every route, a row for each service that a rule leads to. Rules that are
 * not drawn lead to services that are not.
 */
export function ingressPiece(
  { ingress, routes }: Cluster,
  serviceAt: ServiceAt,
): Piece & { readonly at?: End } {
  if (ingress === undefined) return { boxes: [], arrows: [] };
  const rules = routes.flatMap(rowsOf);
  const { shown, more } = folded(rules, bounds.routeRows);
  const box: Box = {
    id: "ingress",
    kind: "ingress",
    title: engineTitles[ingress.engine],
    lines: [
      `ingress, ${counted(ingress.replicas, "replica")}`,
      ...(routes.length === 0 ? ["no route in this file"] : []),
    ],
    rows: [
      ...shown.map(({ text, note }, index): Row => ({ id: `rule-${index}`, text, note })),
      ...(more === 0 ? [] : [{ id: "more", text: `and ${counted(more, "more rule")}`, note: "" }]),
    ],
  };
  return {
    boxes: [box],
    arrows: [
      ...shown.flatMap(({ to }, index) => arrowsTo(to, `rule-${index}`, serviceAt)),
      ...rules
        .slice(shown.length)
        .flatMap(({ to }) => arrowsTo(to, "more", serviceAt))
        .filter(({ to }) => to.box === moreServices),
    ],
    at: { box: box.id },
  };
}

const engineTitles: Readonly<Record<EngineName, string>> = {
  traefik: "Traefik",
  "gateway-api/traefik": "Gateway API on Traefik",
  "gateway-api/istio": "Gateway API on Istio",
  istio: "Istio",
  "ingress-nginx": "ingress-nginx",
};

interface RuleRow {
  readonly text: string;
  readonly note: string;
  /** to, the service; absent where the rule answers itself. */
  readonly to?: string;
}

function rowsOf(route: Route): RuleRow[] {
  const { hosts, passthrough, rules } = route;
  const [host = ""] = hosts;
  if (passthrough !== undefined)
    return [{ text: host, note: noted(route, ["TLS unopened"]), to: passthrough.service }];
  return rules.flatMap((rule) => {
    const url = `${host}${rule.path.value}`;
    if (rule.action.kind === "redirect")
      return [{ text: url, note: noted(route, [...notesOf(rule), redirectNote(rule.action)]) }];
    return rule.action.backends.map((backend) => ({
      text: url,
      note: noted(route, [...notesOf(rule), ...shareNote(backend)]),
      to: backend.service,
    }));
  });
}

function noted({ hosts, tls }: Route, notes: readonly string[]): string {
  const others = hosts.length > 1 ? [`+${counted(hosts.length - 1, "host")}`] : [];
  return [...others, ...notes, ...(tls === undefined ? [] : ["TLS"])].join(", ");
}

function notesOf({ path, condition }: RouteRule): string[] {
  return [
    ...(path.kind === "prefix" ? [] : [path.kind]),
    ...(condition === undefined ? [] : saidBy(condition)),
  ];
}

function saidBy({ headers, query, methods }: Condition): string[] {
  return [
    ...methods,
    ...headers.map(({ name, value }) => `${name}: ${value}`),
    ...query.map(({ name, value }) => `?${name}=${value}`),
  ];
}

function redirectNote({ status, scheme, host }: Redirect): string {
  return `${status} to ${host ?? scheme ?? "itself"}`;
}

function shareNote({ weight }: Backend): string[] {
  return weight === 100 ? [] : [`${weight} %`];
}

function arrowsTo(service: string | undefined, row: string, serviceAt: ServiceAt): Arrow[] {
  return service === undefined ? [] : [{ from: { box: "ingress", row }, to: serviceAt(service) }];
}
