import type { Kind } from "../kind";
import type { Kinds } from "../kinds";

/** Target is what a path of the API means: a kind's objects, one of them, or one's status. */
export interface Target {
  readonly kind: Kind;
  readonly namespace?: string;
  readonly name?: string;
  readonly subresource?: "status";
}

/**
 * targetOf a path such as `/apis/apps/v1/namespaces/default/deployments/web/status`; undefined = no such resource.
 * @see https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-uris
 */
export function targetOf(kinds: Kinds, path: string): Target | undefined {
  const parts = path.split("/").slice(1).map(decodeURIComponent);
  const isCore = parts[0] === "api";
  if (!isCore && parts[0] !== "apis") return undefined;
  const [group, version, ...rest] = isCore ? ["", ...parts.slice(1)] : parts.slice(1);
  if (group === undefined || version === undefined) return undefined;
  const find = (plural: string | undefined): Kind | undefined =>
    kinds.byResource(group, version, plural ?? "");
  if (rest[0] === "namespaces" && rest.length >= 3 && find(rest[2]) !== undefined) {
    const [, namespace, plural, name, subresource] = rest;
    return target(find(plural), namespace, name, subresource, rest.length - 2);
  }
  const [plural, name, subresource] = rest;
  return target(find(plural), undefined, name, subresource, rest.length);
}

function target(
  kind: Kind | undefined,
  namespace: string | undefined,
  name: string | undefined,
  subresource: string | undefined,
  length: number,
): Target | undefined {
  if (kind === undefined || length > 3) return undefined;
  if (namespace !== undefined && !kind.namespaced) return undefined;
  if (subresource !== undefined && (subresource !== "status" || !kind.hasStatus)) return undefined;
  return {
    kind,
    ...(namespace === undefined ? {} : { namespace }),
    ...(name === undefined ? {} : { name }),
    ...(subresource === undefined ? {} : { subresource: "status" }),
  };
}
