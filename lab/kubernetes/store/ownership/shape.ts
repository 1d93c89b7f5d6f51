import type { JsonObject } from "../../contract";
import { objectAt } from "../../json";
import { fieldSchema, listKeys } from "../custom/structure";
import type { Kind } from "../kind";

/** Shape says of a place in an object how writers share it. */
export interface Shape {
  /** list: fields that tell its items apart, a set of values, or one value as a whole. */
  readonly list: readonly string[] | "set" | "atomic";
  /** isAtomic: an object here is one value as a whole. */
  readonly isAtomic: boolean;
  field(name: string): Shape;
  item(): Shape;
}

/** shapeOf a kind's objects: from the schema of a custom kind, from Kubernetes' own merge keys for the others. */
export function shapeOf(kind: Kind): Shape {
  const schema = kind.custom?.schema;
  return schema === undefined || kind.custom === undefined ? builtInShape(kind.kind) : customShape(schema);
}

function customShape(schema: JsonObject): Shape {
  return {
    list: listKeys(schema),
    isAtomic: schema["x-kubernetes-map-type"] === "atomic",
    field: (name) =>
      name === "metadata" ? builtInShape(name) : customShape(fieldSchema(schema, name) ?? {}),
    item: () => customShape(objectAt(schema, "items")),
  };
}

/** mergeKeys by the field that holds the list (kubernetes: api/openapi-spec, x-kubernetes-list-map-keys). */
const mergeKeys: Readonly<Record<string, readonly string[]>> = {
  containers: ["name"],
  initContainers: ["name"],
  ephemeralContainers: ["name"],
  volumes: ["name"],
  env: ["name"],
  imagePullSecrets: ["name"],
  secrets: ["name"],
  webhooks: ["name"],
  volumeMounts: ["mountPath"],
  volumeDevices: ["devicePath"],
  hostAliases: ["ip"],
  podIPs: ["ip"],
  hostIPs: ["ip"],
  topologySpreadConstraints: ["topologyKey", "whenUnsatisfiable"],
  conditions: ["type"],
  ownerReferences: ["uid"],
};
const atomicObjects = new Set([
  ...["selector", "labelSelector", "podSelector", "namespaceSelector", "objectSelector", "nodeSelector"],
  ...["secretKeyRef", "configMapKeyRef", "fieldRef", "resourceFieldRef", "secretRef", "roleRef", "claimRef"],
]);

function builtInShape(name: string, within = ""): Shape {
  return {
    list: name === "finalizers" ? "set" : (portKeys(name, within) ?? mergeKeys[name] ?? "atomic"),
    isAtomic: atomicObjects.has(name),
    field: (field) => builtInShape(field, name),
    item: () => builtInShape(`one of ${name}`, name),
  };
}

function portKeys(name: string, within: string): readonly string[] | undefined {
  if (name !== "ports") return undefined;
  if (within === "one of containers" || within === "one of initContainers")
    return ["containerPort", "protocol"];
  return within === "spec" ? ["port", "protocol"] : undefined;
}
