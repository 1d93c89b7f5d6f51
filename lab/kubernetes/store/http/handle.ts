import { parse } from "yaml";
import type { Json, JsonObject, KubernetesObjectLike } from "../../contract";
import { at, isObject, objectAt, objectOf, textAt, withoutFields } from "../../json";
import type { Write } from "../admission";
import type { Api } from "../api";
import type { Propagation } from "../deletion";
import { apiVersionOf } from "../kind";
import { ApiProblem, badRequest } from "../problem";
import { fieldQuery, labelQuery } from "../selector";
import type { Target } from "./target";

export interface Call {
  readonly verb: Verb;
  readonly target: Target;
  readonly query: URLSearchParams;
  readonly contentType: string;
  readonly userAgent: string;
  readonly body: string;
}

export type Verb = "get" | "list" | "create" | "update" | "patch" | "delete" | "deletecollection";

export interface Reply {
  readonly code: number;
  readonly body: JsonObject;
}

/** verbOf a method: what RBAC calls it; undefined = this is not allowed here. */
export function verbOf(method: string, target: Target): Verb | undefined {
  const isOne = target.name !== undefined;
  const verbs: Readonly<Record<string, Verb>> = isOne
    ? { GET: "get", PUT: "update", PATCH: "patch", DELETE: "delete" }
    : { GET: "list", POST: "create", DELETE: "deletecollection" };
  const verb = verbs[method];
  const isNowhere = target.kind.namespaced && target.namespace === undefined && verb !== "list";
  return isNowhere || (verb === "delete" && target.subresource !== undefined) ? undefined : verb;
}

/** handle does what an authorized request asks. */
export function handle(api: Api, call: Call): Reply {
  const { kind, namespace, name = "" } = call.target;
  switch (call.verb) {
    case "get":
      return { code: 200, body: api.shown(kind, api.get(kind, namespace, name)) };
    case "list":
      return { code: 200, body: listOf(api, call) };
    case "create":
      return { code: 201, body: api.shown(kind, api.create(kind, sentObject(call), writeOf(call))) };
    case "update":
      return { code: 200, body: api.shown(kind, api.replace(kind, sentObject(call), writeOf(call))) };
    case "patch":
      return patch(api, call);
    case "delete":
      return { code: 200, body: deleted(api, call) };
    case "deletecollection": {
      const items = selected(api, call);
      for (const { metadata } of items)
        api.remove(kind, metadata.namespace, metadata.name, propagationOf(call));
      return { code: 200, body: collection(api, call, items) };
    }
  }
}

function patch(api: Api, call: Call): Reply {
  const { kind, namespace, name = "" } = call.target;
  const type = call.contentType.split(";")[0]?.trim() ?? "";
  if (type === "application/merge-patch+json") {
    const change = parsed(call);
    return { code: 200, body: api.shown(kind, api.mergePatch(kind, namespace, name, change, writeOf(call))) };
  }
  if (type !== "application/apply-patch+yaml") {
    const accepted = "application/merge-patch+json, application/apply-patch+yaml";
    throw new ApiProblem(
      415,
      "UnsupportedMediaType",
      `the body of the request was in an unknown format - accepted media types include: ${accepted}`,
    );
  }
  if (call.query.get("fieldManager") === null)
    throw new ApiProblem(
      422,
      "Invalid",
      'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
    );
  const isNew = api.store.get(kind, namespace, name) === undefined;
  const force = call.query.get("force") === "true";
  const after = api.apply(kind, sentObject(call), { ...writeOf(call), force });
  return { code: isNew ? 201 : 200, body: api.shown(kind, after) };
}

function deleted(api: Api, call: Call): JsonObject {
  const { kind, namespace, name = "" } = call.target;
  const before = api.get(kind, namespace, name);
  if (call.query.get("dryRun") === "All") return api.shown(kind, before);
  const marked = api.remove(kind, namespace, name, propagationOf(call));
  if (marked.metadata.deletionTimestamp !== undefined) return api.shown(kind, marked);
  const { uid } = before.metadata;
  const group = kind.group === "" ? {} : { group: kind.group };
  return {
    kind: "Status",
    apiVersion: "v1",
    metadata: {},
    status: "Success",
    details: { name, ...group, kind: kind.plural, uid },
  };
}

function listOf(api: Api, call: Call): JsonObject {
  return collection(api, call, selected(api, call));
}

function collection(
  api: Api,
  { target: { kind } }: Call,
  items: readonly KubernetesObjectLike[],
): JsonObject {
  return {
    kind: `${kind.kind}List`,
    apiVersion: apiVersionOf(kind),
    metadata: { resourceVersion: api.store.revision() },
    items: items.map((item) => api.shown(kind, item)),
  };
}

function selected(api: Api, { target: { kind, namespace }, query }: Call): readonly KubernetesObjectLike[] {
  const hasLabels = labelQuery(query.get("labelSelector") ?? "");
  const hasFields = fieldQuery(query.get("fieldSelector") ?? "");
  return api.store
    .list(kind, namespace)
    .filter((object) => hasLabels(object.metadata.labels ?? {}) && hasFields(object));
}

/** sentObject is the body, held against the path: an object that says another name or kind is refused. */
function sentObject(call: Call): KubernetesObjectLike {
  const { kind, namespace, name } = call.target;
  const body = parsed(call);
  if (!isObject(body)) throw badRequest("the body of the request is no object");
  const said = {
    kind: textAt(body, "kind") ?? kind.kind,
    apiVersion: textAt(body, "apiVersion") ?? apiVersionOf(kind),
  };
  if (said.kind !== kind.kind || said.apiVersion !== apiVersionOf(kind))
    throw badRequest(
      `the API version in the data (${said.apiVersion}, Kind=${said.kind}) does not match the expected API version (${apiVersionOf(kind)}, Kind=${kind.kind})`,
    );
  const saidName = textAt(body, "metadata", "name") ?? name ?? "";
  if (name !== undefined && saidName !== name)
    throw badRequest(`the name of the object (${saidName}) does not match the name on the URL (${name})`);
  if (saidName === "" && textAt(body, "metadata", "generateName") === undefined)
    throw new ApiProblem(
      422,
      "Invalid",
      `${kind.kind} "" is invalid: metadata.name: Required value: name or generateName is required`,
    );
  const saidNamespace = textAt(body, "metadata", "namespace");
  if (saidNamespace !== undefined && namespace !== undefined && saidNamespace !== namespace)
    throw badRequest("the namespace of the provided object does not match the namespace sent on the request");
  const metadata = withoutFields(objectAt(body, "metadata"), "namespace");
  const home = namespace === undefined ? {} : { namespace };
  return objectOf({ ...body, ...said, metadata: { ...metadata, name: saidName, ...home } });
}

function parsed(call: Call): Json {
  try {
    const value: unknown = parse(call.body);
    if (isObject(value)) return value;
  } catch (error) {
    throw badRequest(`error decoding the body: ${error instanceof Error ? error.message : String(error)}`);
  }
  throw badRequest("the body of the request is no object");
}

function writeOf({ query, userAgent, target }: Call): Write {
  const validation = query.get("fieldValidation");
  return {
    manager: query.get("fieldManager") ?? userAgent.split("/")[0] ?? "unknown",
    validation: validation === "Strict" || validation === "Ignore" ? validation : "Warn",
    isDryRun: query.get("dryRun") === "All",
    ...(target.subresource === undefined ? {} : { subresource: target.subresource }),
  };
}

function propagationOf(call: Call): Propagation | undefined {
  const body: Json = call.body.trim() === "" ? {} : parsed(call);
  const asked = call.query.get("propagationPolicy") ?? at(body, "propagationPolicy");
  return asked === "Foreground" || asked === "Orphan" || asked === "Background" ? asked : undefined;
}
