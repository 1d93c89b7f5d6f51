import { died } from "../api/api-error";
import type { Call } from "../api/call";
import type { Route } from "../api/router";

const RESOURCES = "/cluster/ha/resources";

export const haRoutes: readonly Route[] = [
  { method: "GET", path: RESOURCES, run: listResources },
  { method: "POST", path: RESOURCES, run: addResource },
  { method: "GET", path: `${RESOURCES}/{sid}`, run: getResource },
  { method: "PUT", path: `${RESOURCES}/{sid}`, run: updateResource },
  { method: "DELETE", path: `${RESOURCES}/{sid}`, run: deleteResource },
  { method: "POST", path: `${RESOURCES}/{sid}/migrate`, run: migrateResource },
  { method: "GET", path: "/cluster/ha/groups", run: refuseGroups },
  { method: "POST", path: "/cluster/ha/groups", run: refuseGroups },
];

function listResources(call: Call): unknown {
  call.check("/", "Sys.Audit");
  return [...call.cluster.haResources.values()].map((resource) => Object.fromEntries(resource));
}

function addResource(call: Call): null {
  call.check("/", "Sys.Console");
  const sid = sidOf(call);
  const vmId = Number(sid.replace(/^vm:/, ""));
  if (!call.cluster.vms.has(vmId)) throw died(`cannot add service '${sid}' to HA: no such VM`);
  if (call.cluster.haResources.has(sid)) throw died(`resource ID '${sid}' already defined`);
  const options = call.parameters.without("sid", "type").entries();
  call.cluster.haResources.set(
    sid,
    new Map([["state", "started"], ...options, ["sid", sid], ["type", "vm"]]),
  );
  return null;
}

function getResource(call: Call): unknown {
  call.check("/", "Sys.Audit");
  return Object.fromEntries(resourceOf(call));
}

function updateResource(call: Call): null {
  call.check("/", "Sys.Console");
  const resource = resourceOf(call);
  for (const name of call.parameters.list("delete")) resource.delete(name);
  for (const [name, value] of call.parameters.without("sid", "delete", "digest").entries())
    resource.set(name, value);
  return null;
}

function deleteResource(call: Call): null {
  call.check("/", "Sys.Console");
  resourceOf(call);
  call.cluster.haResources.delete(sidOf(call));
  return null;
}

function migrateResource(call: Call): unknown {
  call.check("/", "Sys.Console");
  resourceOf(call);
  const target = call.parameters.required("node");
  call.assertHost(target);
  const vm = call.cluster.vms.get(Number(sidOf(call).replace(/^vm:/, "")));
  if (vm) vm.host = target;
  return { sid: sidOf(call), "requested-node": target };
}

function refuseGroups(): never {
  throw died("cannot use ha groups: ha groups have been migrated to rules");
}

function sidOf(call: Call): string {
  const sid = call.parameters.required("sid");
  return /^\d+$/.test(sid) ? `vm:${sid}` : sid;
}

function resourceOf(call: Call): Map<string, string> {
  const resource = call.cluster.haResources.get(sidOf(call));
  if (!resource) throw died(`no such resource '${sidOf(call)}'`);
  return resource;
}
