import { privilegesByPath } from "../../../../constructs/proxmox-privileges";
import type { Cluster } from "../../../../config/model";
import { type Finding, ok, problem, unchecked } from "../../finding";
import { failureOf } from "../../reading";
import type { Inside } from "./answers";

/** privilegeFindings: the gate of a deploy asks for the same, before its first change. */
export function privilegeFindings(cluster: Cluster, { privileges }: Inside): Finding[] {
  const wanted = privilegesByPath(cluster);
  const findings = [...wanted].flatMap(([path, names]): Finding[] => {
    const held = privileges.get(path);
    if (held === undefined) return [];
    if (held.kind !== "read") return [unchecked(`privileges on ${path}`, failureOf(held))];
    const missing = [...names].filter((name) => !held.value.has(name));
    return missing.length === 0 ? [] : [lacking(path, missing)];
  });
  return findings.length > 0 ? findings : [ok(`every privilege is there, on ${wanted.size} paths`)];
}

/** holds a privilege on a path, as far as is known. */
export function holds({ privileges }: Inside, path: string, privilege: string): boolean {
  const held = privileges.get(path);
  return held?.kind === "read" && held.value.has(privilege);
}

function lacking(path: string, missing: readonly string[]): Finding {
  const list = missing.join(" ");
  return problem("doctor/privileges", path, {
    found: `the credential lacks ${list} there`,
    why: "a deploy asks for them before its first change, and stops",
    fix: `pveum role modify SlipwayDeploy --append --privs '${list}' (docs/how-to/proxmox-token.md has the whole role, and where it is given)`,
  });
}
