import type { Draft } from "../../draft";
import type { DraftRule } from "../../draft/routes";
import type { EngineName } from "../../model/ingress";
import type { Problem } from "../../problem";
import { ableAt, refused } from "./refusal";

/**
 * nginxCanaries: ingress-nginx leads some of a path's requests to one other service, chosen by one header, by weight
 * or by both. It keeps that other service with the first one, by their names, for every path of every host.
 * @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#canary
 */
export function nginxCanaries(draft: Draft): Problem[] {
  const paths = pathsOf(draft);
  return [...paths.flatMap((path) => ofPath(draft, path)), ...inOtherPlaces(draft, paths)];
}

/** Path with its conditions. */
interface Path {
  readonly rest: DraftRule;
  readonly conditions: readonly DraftRule[];
}

const code = "routes/one-canary";

function ofPath(draft: Draft, { rest, conditions }: Path): Problem[] {
  const weighted = servicesOf(rest);
  const [condition, second] = conditions;
  const others = able(conditions.length > 0);
  const several = [rest, ...conditions].filter((rule) => servicesOf(rule).length > (rule === rest ? 2 : 1));
  return [
    ...several.map((rule) =>
      refused(draft, code, {
        keys: [[...rule.keys, "to"]],
        found: `${servicesOf(rule).length} services${rule === rest ? "" : " for a condition"}`,
        why:
          rule === rest
            ? "ingress-nginx takes one canary beside a path's service"
            : "ingress-nginx leads a condition to one service, not to several by weight",
        edit: rule === rest ? "keep two of them" : "keep one of them",
        able: others,
      }),
    ),
    ...(second === undefined || condition === undefined
      ? []
      : [
          refused(draft, code, {
            keys: [second.keys, condition.keys],
            found: `${conditions.length} conditions`,
            why: "ingress-nginx takes one canary beside a path's service, and one header that chooses it",
            edit: "keep one of them",
            able: others,
          }),
        ]),
    ...(condition === undefined || weighted.length !== 2 || servicesOf(condition)[0] === weighted[1]
      ? []
      : [
          refused(draft, code, {
            keys: [condition.keys, [...rest.keys, "to"]],
            found: `${servicesOf(condition).join()} by header, ${weighted[1]} by weight`,
            why: "ingress-nginx takes one canary beside a path's service: both have to be the same",
            edit: `lead the condition to ${weighted[1]}`,
            able: others,
          }),
        ]),
  ];
}

/** inOtherPlaces: a service that has a canary, or is one, and that another path leads to as well. */
function inOtherPlaces(draft: Draft, paths: readonly Path[]): Problem[] {
  const uses = new Map<string, { readonly path: Path; readonly canary: string | undefined }[]>();
  for (const path of paths) {
    const use = { path, canary: canaryOf(path) };
    const services = new Set([path.rest, ...path.conditions].flatMap(servicesOf));
    for (const service of services) {
      const known = uses.get(service);
      if (known === undefined) uses.set(service, [use]);
      else known.push(use);
    }
  }
  return [...uses].flatMap(([service, all]) => {
    const first = all.find(({ canary }) => canary !== undefined);
    const other = all.find(({ canary }) => canary !== first?.canary);
    if (first === undefined || other === undefined) return [];
    return [
      refused(draft, code, {
        keys: [other.path.rest.keys, first.path.rest.keys],
        found: `${service} as part of a canary, and under another path`,
        why: "ingress-nginx ties a canary to its services by name: the other path would get a share of it too, or no answer",
        edit: "lead the other path to a service of its own with the same pods (selects)",
        able: able(first.path.conditions.length > 0),
      }),
    ];
  });
}

/** canaryOf a path as text: equal texts are one canary, which several paths may have. */
function canaryOf({ rest, conditions }: Path): string | undefined {
  const { action } = rest;
  const weights =
    action.kind === "forward" ? action.targets.map(({ service, weight }) => [service, weight]) : [];
  if (weights.length < 2 && conditions.length === 0) return undefined;
  return JSON.stringify([weights, conditions.map((rule) => [servicesOf(rule), rule.condition?.headers])]);
}

function able(byHeader: boolean): readonly EngineName[] {
  return ableAt(byHeader ? ["canary-weight", "canary-header"] : ["canary-weight"], ["ingress-nginx"]);
}

function servicesOf({ action }: DraftRule): readonly string[] {
  return action.kind === "forward" ? action.targets.map(({ service }) => service) : [];
}

function pathsOf({ routes }: Draft): Path[] {
  return routes.flatMap(({ rules }) =>
    rules
      .filter(({ condition }) => condition === undefined)
      .map((rest) => ({
        rest,
        conditions: rules.filter(
          ({ condition, pathKeys }) => condition !== undefined && pathKeys === rest.pathKeys,
        ),
      })),
  );
}
