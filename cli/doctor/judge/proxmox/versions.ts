import { proxmoxVersions } from "../../../../versions";
import { type Finding, note, ok, problem, unchecked } from "../../finding";
import { failureOf } from "../../reading";
import { isOlder } from "../version";
import type { Inside } from "./answers";

/** versionFindings of the hosts: each may have another. */
export function versionFindings({ byHost }: Inside): Finding[] {
  return [...byHost].map(([host, { version }]) =>
    version.kind === "read"
      ? versionFinding(host, version.value.version)
      : unchecked(`the version of ${host}`, failureOf(version)),
  );
}

function versionFinding(host: string, version: string): Finding {
  const { major, tested } = proxmoxVersions;
  if (isOlder(version, String(major))) {
    return problem("doctor/old-proxmox", `proxmox.hosts.${host}`, {
      found: `it runs Proxmox VE ${version}`,
      why: `privileges and storage contents are asked for as Proxmox VE ${major} has them`,
      fix: `upgrade ${host} to Proxmox VE ${tested}`,
    });
  }
  return isOlder(version, String(major + 1))
    ? ok(`${host} runs Proxmox VE ${version}`)
    : note(`${host} runs Proxmox VE ${version}; Slipway was tried with ${tested}`);
}
