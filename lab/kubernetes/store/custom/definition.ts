import type { JsonObject, KubernetesObjectLike } from "../../contract";
import { at, isObject, listAt, textAt, textsAt } from "../../json";
import type { Kind } from "../kind";
import { type FieldProblem, invalidValue, required } from "../problem";
import { customSchema } from "./schema";

/** kindsOf a CustomResourceDefinition are its served versions. */
export function kindsOf(definition: KubernetesObjectLike): readonly Kind[] {
  const names = at(definition, "spec", "names");
  const versions = listAt(definition, "spec", "versions").filter(isObject);
  const storageVersion =
    textAt(
      versions.find((version) => version["storage"] === true),
      "name",
    ) ?? "";
  return versions
    .filter((version) => version["served"] === true)
    .map((version) => ({
      group: textAt(definition, "spec", "group") ?? "",
      version: textAt(version, "name") ?? "",
      kind: textAt(names, "kind") ?? "",
      plural: textAt(names, "plural") ?? "",
      namespaced: textAt(definition, "spec", "scope") === "Namespaced",
      hasStatus: isObject(at(version, "subresources", "status")),
      shortNames: textsAt(names, "shortNames"),
      storageVersion,
      custom: customSchema(schemaOf(version)),
    }));
}

/** definitionProblems are what the API server says of a CustomResourceDefinition that cannot be. */
export function definitionProblems(definition: KubernetesObjectLike): readonly FieldProblem[] {
  const group = textAt(definition, "spec", "group");
  const plural = textAt(definition, "spec", "names", "plural");
  const versions = listAt(definition, "spec", "versions").filter(isObject);
  const scope = textAt(definition, "spec", "scope");
  const wantedName = `${plural ?? ""}.${group ?? ""}`;
  return [
    ...(group === undefined ? [required("spec.group")] : []),
    ...(plural === undefined ? [required("spec.names.plural")] : []),
    ...(textAt(definition, "spec", "names", "kind") === undefined ? [required("spec.names.kind")] : []),
    ...(scope === "Namespaced" || scope === "Cluster" ? [] : [required("spec.scope")]),
    ...(group !== undefined && plural !== undefined && definition.metadata.name !== wantedName
      ? [invalidValue("metadata.name", definition.metadata.name, 'must be spec.names.plural+"."+spec.group')]
      : []),
    ...(versions.filter((version) => version["storage"] === true).length === 1
      ? []
      : [invalidValue("spec.versions", versions, "must have exactly one version marked as storage version")]),
  ];
}

/** isEstablished: the API serves its kinds. */
export function isEstablished(definition: KubernetesObjectLike): boolean {
  return listAt(definition, "status", "conditions").some(
    (condition) => at(condition, "type") === "Established" && at(condition, "status") === "True",
  );
}

/** establishedStatus is the status of a CustomResourceDefinition whose names nobody else has. */
export function establishedStatus(definition: KubernetesObjectLike, now: string): JsonObject {
  const condition = (type: string, reason: string, message: string): JsonObject => ({
    type,
    status: "True",
    lastTransitionTime: now,
    reason,
    message,
  });
  return {
    acceptedNames: at(definition, "spec", "names"),
    conditions: [
      condition("NamesAccepted", "NoConflicts", "no conflicts found"),
      condition("Established", "InitialNamesAccepted", "the initial names have been accepted"),
    ],
    storedVersions: listAt(definition, "spec", "versions").flatMap((version) =>
      at(version, "storage") === true ? [textAt(version, "name") ?? ""] : [],
    ),
  };
}

/** schemaOf a version; one that declares nothing takes anything. */
function schemaOf(version: JsonObject): JsonObject | undefined {
  const schema = at(version, "schema", "openAPIV3Schema");
  if (!isObject(schema)) return undefined;
  const open = schema["x-kubernetes-preserve-unknown-fields"] === true && schema["properties"] === undefined;
  return open ? undefined : schema;
}
