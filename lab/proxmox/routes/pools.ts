import { died } from "../api/api-error";
import type { Call } from "../api/call";
import type { Route } from "../api/router";
import type { Pool } from "../cluster";
import { vmResource } from "./vm-status";

export const poolRoutes: readonly Route[] = [
  { method: "GET", path: "/pools", run: listPools },
  { method: "POST", path: "/pools", run: createPool },
  { method: "PUT", path: "/pools", run: updatePool },
  { method: "DELETE", path: "/pools", run: deletePool },
  { method: "GET", path: "/pools/{poolid*}", run: (call) => poolRow(call, auditedPool(call)) },
  { method: "PUT", path: "/pools/{poolid*}", run: updatePool },
  { method: "DELETE", path: "/pools/{poolid*}", run: deletePool },
];

function listPools(call: Call): unknown {
  if (call.parameters.has("poolid")) return [poolRow(call, auditedPool(call))];
  return [...call.cluster.pools.values()]
    .filter((pool) => call.cluster.access.has(call.caller, `/pool/${pool.id}`, ["Pool.Audit"]))
    .map(({ id, comment }) => ({ poolid: id, ...(comment === "" ? {} : { comment }) }));
}

function createPool(call: Call): null {
  const id = call.parameters.required("poolid");
  call.check(`/pool/${id}`, "Pool.Allocate");
  if (call.cluster.pools.has(id)) throw died(`create pool failed: pool '${id}' already exists`);
  const parent = id.includes("/") ? id.replace(/\/[^/]*$/, "") : undefined;
  if (parent !== undefined && !call.cluster.pools.has(parent)) {
    throw died(`create pool failed: parent '${parent}' of pool '${id}' does not exist`);
  }
  const comment = call.parameters.text("comment") ?? "";
  call.cluster.pools.set(id, { id, comment, vms: new Set(), storages: new Set() });
  return null;
}

function updatePool(call: Call): null {
  const pool = call.cluster.pool(call.parameters.required("poolid"));
  call.check(`/pool/${pool.id}`, "Pool.Allocate");
  pool.comment = call.parameters.text("comment") ?? pool.comment;
  for (const vmId of call.parameters.list("vms").map(Number)) changeMember(call, pool, vmId);
  for (const storage of call.parameters.list("storage")) {
    call.check(`/storage/${storage}`, "Datastore.Allocate");
    if (call.parameters.flag("delete")) pool.storages.delete(storage);
    else pool.storages.add(call.cluster.storages.get(storage).id);
  }
  return null;
}

function changeMember(call: Call, pool: Pool, vmId: number): void {
  call.check(`/vms/${vmId}`, "VM.Allocate");
  if (call.parameters.flag("delete")) {
    if (!pool.vms.delete(vmId)) throw died(`update pools failed: VM ${vmId} is not a pool member`);
    return;
  }
  if (!call.cluster.vms.has(vmId)) throw died(`update pools failed: VM ${vmId} does not exist`);
  if (pool.vms.has(vmId)) throw died(`update pools failed: VM ${vmId} is already a pool member`);
  const other = call.cluster.poolOf(vmId);
  if (other && !call.parameters.flag("allow-move")) {
    throw died(`update pools failed: VM ${vmId} belongs to pool '${other.id}' and 'allow-move' is not set`);
  }
  other?.vms.delete(vmId);
  pool.vms.add(vmId);
}

function deletePool(call: Call): null {
  const pool = call.cluster.pool(call.parameters.required("poolid"));
  call.check(`/pool/${pool.id}`, "Pool.Allocate");
  const [vmId] = pool.vms;
  if (vmId !== undefined)
    throw died(`delete pool failed: pool '${pool.id}' is not empty (contains VM ${vmId})`);
  const [storage] = pool.storages;
  if (storage !== undefined)
    throw died(`delete pool failed: pool '${pool.id}' is not empty (contains storage '${storage}')`);
  call.cluster.pools.delete(pool.id);
  return null;
}

function auditedPool(call: Call): Pool {
  const id = call.parameters.required("poolid");
  call.check(`/pool/${id}`, "Pool.Audit");
  return call.cluster.pool(id);
}

function poolRow(call: Call, pool: Pool): Record<string, unknown> {
  const vms = [...pool.vms].flatMap((id) => {
    const vm = call.cluster.vms.get(id);
    return vm ? [vmResource(call.cluster, vm)] : [];
  });
  const storages = [...pool.storages].flatMap((storage) =>
    call.cluster.site.hosts.map(({ name }) => ({
      id: `storage/${name}/${storage}`,
      node: name,
      type: "storage",
      storage,
    })),
  );
  return {
    poolid: pool.id,
    ...(pool.comment === "" ? {} : { comment: pool.comment }),
    members: [...vms, ...storages],
  };
}
