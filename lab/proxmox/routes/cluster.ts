import { badParameter } from "../api/api-error";
import type { Call } from "../api/call";
import type { Route } from "../api/router";
import { storageResource } from "./storage-status";
import { VERSION } from "../version";
import { nodeRow } from "./nodes";
import { vmResource } from "./vm-status";

export const clusterRoutes: readonly Route[] = [
  { method: "GET", path: "/version", run: () => VERSION },
  { method: "GET", path: "/cluster/nextid", run: nextId },
  { method: "GET", path: "/cluster/resources", run: resources },
];

function nextId(call: Call): string {
  const wanted = call.parameters.integer("vmid");
  if (wanted !== undefined) {
    if (call.cluster.vms.has(wanted)) throw badParameter({ vmid: `VM ${wanted} already exists` });
    return String(wanted);
  }
  let id = 100;
  while (call.cluster.vms.has(id)) id += 1;
  return String(id);
}

function resources(call: Call): unknown {
  const { cluster } = call;
  const type = call.parameters.text("type");
  const may = (path: string, ...anyOf: string[]): boolean => cluster.access.has(call.caller, path, anyOf);
  const rows: unknown[] = [];
  if (type === undefined || type === "vm") {
    const visible = [...cluster.vms.values()].filter((vm) => may(`/vms/${vm.id}`, "VM.Audit"));
    rows.push(...visible.map((vm) => vmResource(cluster, vm)));
  }
  if (type === undefined || type === "node") {
    rows.push(
      ...cluster.site.hosts.map((host) => ({ ...nodeRow(cluster, host.name), id: `node/${host.name}` })),
    );
  }
  if (type === undefined || type === "storage") {
    const visible = cluster.storages
      .all()
      .filter((storage) => may(`/storage/${storage.id}`, "Datastore.Audit", "Datastore.AllocateSpace"));
    rows.push(
      ...cluster.site.hosts.flatMap((host) => visible.map((storage) => storageResource(storage, host.name))),
    );
  }
  return rows;
}
