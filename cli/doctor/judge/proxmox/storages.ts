import type { Cluster } from "../../../../config/model";
import { type DatastoreUse, datastoreUsesOf } from "../../../../constructs/proxmox-uses";
import { type Finding, ok, problem, unchecked } from "../../finding";
import { failureOf } from "../../reading";
import type { HostAnswers, Inside, StorageRow } from "./answers";
import { holds } from "./privileges";

/** storageFindings of a host: each store is there, awake, takes what is put there and is shared as the file says. */
export function storageFindings(
  cluster: Cluster,
  host: string,
  { storages }: HostAnswers,
  inside: Inside,
): Finding[] {
  if (storages.kind !== "read") return [unchecked(`storages of ${host}`, failureOf(storages))];
  const uses = datastoreUsesOf(cluster);
  const findings = uses.flatMap((use): Finding[] => {
    const { id } = use.datastore;
    const row = storages.value.find(({ storage }) => storage === id);
    if (row !== undefined) return troublesOf(use, host, row);
    const path = `/storage/${id}`;
    const mayBeSeen = sees.some((privilege) => holds(inside, path, privilege));
    return mayBeSeen
      ? [absent(use, host, storages.value)]
      : [unchecked(`storage "${id}" on ${host}`, `the credential may not see it: privileges on ${path}`)];
  });
  if (findings.length > 0) return findings;
  return [
    ok(`${host} has ${uses.map(({ datastore, content }) => `${datastore.id} for ${content}`).join(", ")}`),
  ];
}

/** sees, the privileges that show a storage; the cluster wants one of them on each. */
const sees = ["Datastore.Audit", "Datastore.AllocateSpace"];

function absent({ field, datastore }: DatastoreUse, host: string, rows: readonly StorageRow[]): Finding {
  return problem("doctor/no-storage", `proxmox.${field}`, {
    found: `${host} has no storage "${datastore.id}"; it has ${rows.map(({ storage }) => storage).join(", ")}`,
    why: `machines on ${host} need it`,
    fix: `name one of these in cluster.ts, or in Proxmox add ${host} to the storage's nodes`,
  });
}

function troublesOf({ field, datastore, content }: DatastoreUse, host: string, row: StorageRow): Finding[] {
  const { id, shared } = datastore;
  const where = `proxmox.${field}`;
  const troubles: Finding[] = [];
  if (!row.enabled || !row.active) {
    troubles.push(
      problem("doctor/storage-asleep", where, {
        found: `storage "${id}" on ${host} is ${row.enabled ? "not active" : "disabled"}`,
        why: "nothing can be read from it or put there",
        fix: row.enabled
          ? `mount it, or bring its server back: pvesm status --storage ${id} on ${host}`
          : `pvesm set ${id} --disable 0`,
      }),
    );
  }
  if (!row.content.includes(content)) {
    troubles.push(
      problem("doctor/storage-content", where, {
        found: `storage "${id}" on ${host} does not take ${content}`,
        why: `it takes ${row.content.join(", ")}`,
        fix: `pvesm set ${id} --content ${[...row.content, content].join(",")}, or name another storage in cluster.ts`,
      }),
    );
  }
  if (row.shared !== shared) {
    troubles.push(
      problem("doctor/storage-shared", where, {
        found: `storage "${id}" on ${host} is ${row.shared ? "shared" : "not shared"} in Proxmox`,
        why: "cluster.ts says otherwise, and by that decides how many templates and files there are",
        fix: row.shared
          ? "list it in proxmox.sharedStorage instead of under the hosts' storage"
          : "remove it from proxmox.sharedStorage and list it under the hosts' storage",
      }),
    );
  }
  return troubles;
}
