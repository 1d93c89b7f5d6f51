import type { JsonObject } from "../../contract";
import { apiVersionOf, type Kind } from "../kind";

const verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update"];

/** discovery answers `/api`, `/apis` and what is below them short of a resource; undefined = there is no such path. */
export function discovery(kinds: readonly Kind[], path: string): JsonObject | undefined {
  if (path === "/api") return { kind: "APIVersions", versions: ["v1"], serverAddressByClientCIDRs: [] };
  if (path === "/version")
    return { major: "1", minor: "36", gitVersion: "v1.36.5+rke2r1", platform: "linux/amd64" };
  if (path === "/apis") {
    const names = [...new Set(kinds.map(({ group }) => group).filter((name) => name !== ""))];
    return { kind: "APIGroupList", apiVersion: "v1", groups: names.map((name) => groupOf(kinds, name)) };
  }
  const [, root, group = "", version] = /^\/(api|apis)(?:\/([^/]+))?(?:\/([^/]+))?$/.exec(path) ?? [];
  if (root === "api") return version === undefined ? resources(kinds, "", group) : undefined;
  if (root !== "apis" || group === "" || !kinds.some((kind) => kind.group === group)) return undefined;
  return version === undefined
    ? { kind: "APIGroup", apiVersion: "v1", ...groupOf(kinds, group) }
    : resources(kinds, group, version);
}

function groupOf(kinds: readonly Kind[], name: string): JsonObject {
  const versions = [...new Set(kinds.filter(({ group }) => group === name).map(({ version }) => version))]
    .sort(byMaturity)
    .map((version) => ({ groupVersion: `${name}/${version}`, version }));
  return { name, versions, preferredVersion: versions[0] };
}

function resources(kinds: readonly Kind[], group: string, version: string): JsonObject | undefined {
  const found = kinds.filter((kind) => kind.group === group && kind.version === version);
  const [first] = found;
  if (first === undefined) return undefined;
  return {
    kind: "APIResourceList",
    apiVersion: "v1",
    groupVersion: apiVersionOf(first),
    resources: found.flatMap(resourceRows),
  };
}

function resourceRows(kind: Kind): JsonObject[] {
  const row = {
    name: kind.plural,
    singularName: kind.kind.toLowerCase(),
    namespaced: kind.namespaced,
    kind: kind.kind,
    verbs,
    ...(kind.shortNames.length === 0 ? {} : { shortNames: kind.shortNames }),
  };
  const status = {
    name: `${kind.plural}/status`,
    singularName: "",
    namespaced: kind.namespaced,
    kind: kind.kind,
    verbs: ["get", "patch", "update"],
  };
  return kind.hasStatus ? [row, status] : [row];
}

/** byMaturity: v2 before v1, v1 before v1beta1, v1beta1 before v1alpha1. */
function byMaturity(one: string, other: string): number {
  const rank = (version: string): number => {
    const [, major = "0", stage = "", minor = "0"] = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(version) ?? [];
    return (
      (stage === "" ? 2_000_000 : stage === "beta" ? 1_000_000 : 0) + Number(major) * 1000 + Number(minor)
    );
  };
  return rank(other) - rank(one);
}
