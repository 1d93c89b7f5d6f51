import { badParameter, died } from "../api/api-error";
import type { Call } from "../api/call";
import type { Parameters } from "../api/parameters";
import type { Route } from "../api/router";

const RULES = "/cluster/ha/rules";

export const haRuleRoutes: readonly Route[] = [
  { method: "GET", path: RULES, run: listRules },
  { method: "POST", path: RULES, run: addRule },
  { method: "GET", path: `${RULES}/{rule}`, run: getRule },
  { method: "PUT", path: `${RULES}/{rule}`, run: updateRule },
  { method: "DELETE", path: `${RULES}/{rule}`, run: deleteRule },
];

function listRules(call: Call): unknown {
  call.check("/", "Sys.Audit");
  return [...call.cluster.haRules.values()].map((rule, order) => ({
    ...Object.fromEntries(rule),
    order: order + 1,
  }));
}

function addRule(call: Call): null {
  call.check("/", "Sys.Console");
  const id = call.parameters.required("rule");
  if (call.cluster.haRules.has(id)) throw badParameter({ rule: `HA rule '${id}' already defined` });
  assertManaged(call, call.parameters);
  call.cluster.haRules.set(id, new Map(call.parameters.entries()));
  return null;
}

function getRule(call: Call): unknown {
  call.check("/", "Sys.Audit");
  const order = [...call.cluster.haRules.keys()].indexOf(call.parameters.required("rule")) + 1;
  return { ...Object.fromEntries(ruleOf(call)), order, digest: "da39a3ee5e6b4b0d3255bfef95601890afd80709" };
}

function updateRule(call: Call): null {
  call.check("/", "Sys.Console");
  const rule = ruleOf(call);
  assertManaged(call, call.parameters);
  for (const name of call.parameters.list("delete")) rule.delete(name);
  for (const [name, value] of call.parameters.without("delete", "digest").entries()) rule.set(name, value);
  return null;
}

function deleteRule(call: Call): null {
  call.check("/", "Sys.Console");
  ruleOf(call);
  call.cluster.haRules.delete(call.parameters.required("rule"));
  return null;
}

function ruleOf(call: Call): Map<string, string> {
  const id = call.parameters.required("rule");
  const rule = call.cluster.haRules.get(id);
  if (!rule) throw died(`no such ha rule '${id}'`);
  return rule;
}

function assertManaged(call: Call, parameters: Parameters): void {
  const unmanaged = parameters.list("resources").filter((sid) => !call.cluster.haResources.has(sid));
  if (unmanaged.length > 0) throw died(`cannot use unmanaged resource(s) ${unmanaged.join(", ")}.`);
}
