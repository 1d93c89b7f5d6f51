import type { Cluster } from "../../../../config/model";
import { hostNamesOf } from "../../../../constructs/proxmox-uses";
import { type Finding, unchecked } from "../../finding";
import { failureOf } from "../../reading";
import { accessFindings } from "./access";
import type { Inside, ProxmoxAnswers } from "./answers";
import { bridgeFindings } from "./bridges";
import { hostFindings } from "./hosts";
import { privilegeFindings } from "./privileges";
import { storageFindings } from "./storages";
import { versionFindings } from "./versions";
import { vmIdFindings } from "./vm-ids";

/** proxmoxFindings: what a plan would find there, and the credential's privileges, before either is tried. */
export function proxmoxFindings(cluster: Cluster, answers: ProxmoxAnswers, now: Date): Finding[] {
  const access = accessFindings(cluster, answers, now);
  if (answers.inside !== undefined) return [...access, ...insideFindings(cluster, answers.inside)];
  const because = waitsFor(answers);
  const waiting = ["its version", "privileges", "hosts", "storages", "bridges", "used VM ids"];
  return [...access, ...waiting.map((what) => unchecked(what, because))];
}

function insideFindings(cluster: Cluster, inside: Inside): Finding[] {
  return [
    ...versionFindings(inside),
    ...privilegeFindings(cluster, inside),
    ...hostFindings(cluster, inside),
    ...hostNamesOf(cluster).flatMap((host) => {
      const answers = inside.byHost.get(host);
      if (answers === undefined)
        return [unchecked(`storages and bridge of ${host}`, `${host} is not there or not online`)];
      return [
        ...storageFindings(cluster, host, answers, inside),
        ...bridgeFindings(cluster, host, answers, inside),
      ];
    }),
    ...vmIdFindings(cluster, inside),
  ];
}

/** waitsFor, what has to be mended before more can be asked. */
export function waitsFor({ version, credential }: ProxmoxAnswers): string {
  if (version.kind === "read") return "nothing";
  if (version.kind === "silent") return "Proxmox does not answer";
  if (credential === undefined) return "there is no credential to ask with";
  return `Proxmox refuses the credential (${failureOf(version)})`;
}
