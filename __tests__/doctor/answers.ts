import type { Inside, ProxmoxAnswers } from "../../cli/doctor/judge/proxmox/answers";
import { privilegesByPath } from "../../constructs/proxmox-privileges";
import type { Cluster } from "../../config/model";
import type { Finding } from "../../cli/doctor/finding";
import type { Reading } from "../../cli/doctor/reading";
import { loadModel } from "../../load-cluster";
import { join } from "node:path";

/** now, for certificates. */
export const now = new Date("2026-11-21T12:00:00Z");

export const read = <T>(value: T): Reading<T> => ({ kind: "read", value });
export const refused = (status: number, says = ""): Reading<never> => ({ kind: "refused", status, says });
export const silent = (code: number | undefined, says: string): Reading<never> => ({
  kind: "silent",
  code,
  says,
});

/** home, the cluster that these answers are about. */
export const home = clusterOf(join(__dirname, "home.ts"));

function clusterOf(file: string): Cluster {
  const [cluster] = loadModel(file).model.clusters;
  if (cluster === undefined) throw new Error(`${file} has no cluster`);
  return cluster;
}

const storages = [
  { storage: "local-lvm", content: ["images", "rootdir"] },
  { storage: "library", content: ["import", "iso"] },
  { storage: "local", content: ["snippets"] },
].map((row) => ({ ...row, shared: false, active: true, enabled: true }));

const network = [{ iface: "vmbr0", type: "bridge", active: true, priority: 3 }];

export const host = { version: read({ version: "9.2.3" }), storages: read(storages), network: read(network) };

/** inside of a Proxmox that has all that home needs. */
export const inside: Inside = {
  privileges: new Map([...privilegesByPath(home)].map(([path, names]) => [path, read(names)])),
  hosts: read(["pve1", "pve2"].map((node) => ({ node, status: "online" }))),
  vms: read([]),
  snippets: read({ path: "/var/lib/vz" }),
  byHost: new Map([
    ["pve1", host],
    ["pve2", host],
  ]),
};

export const answers: ProxmoxAnswers = {
  version: read({ version: "9.2.3" }),
  credential: "token",
  certificate: { validTo: new Date("2027-11-21T00:00:00Z") },
  inside,
};

/** wordsOf findings, each on one line. */
export function wordsOf(findings: readonly Finding[]): string[] {
  return findings.map((finding) => {
    switch (finding.result) {
      case "ok":
      case "note":
        return `${finding.result}: ${finding.says}`;
      case "not checked":
        return `not checked: ${finding.what}, because ${finding.because}`;
      case "problem":
        return `${finding.code} ${finding.where}: ${finding.found}; ${finding.fix}`;
    }
  });
}

/** amiss, all that is not ok. */
export function amiss(findings: readonly Finding[]): string[] {
  return wordsOf(findings).filter((words) => !words.startsWith("ok: "));
}
