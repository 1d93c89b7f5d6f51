import Ajv, { type ErrorObject, type ValidateFunction } from "ajv";
import type { Json, JsonObject, KubernetesObjectLike } from "../../contract";
import { isList, isObject, objectOf } from "../../json";
import { duplicate, type FieldProblem, invalidValue, notSupported, required } from "../problem";
import { defaulted, pruned, unknownFields } from "./structure";

/** CustomSchema is what a CustomResourceDefinition says of one version's objects. */
export interface CustomSchema {
  /** schema, the version's openAPIV3Schema; undefined takes anything. */
  readonly schema: JsonObject | undefined;
  unknownFields(object: KubernetesObjectLike): readonly string[];
  /** completed: without unknown fields, with the schema's defaults. */
  completed(object: KubernetesObjectLike): KubernetesObjectLike;
  problems(object: KubernetesObjectLike): readonly FieldProblem[];
}

const ajv = new Ajv({ strict: false, allErrors: true, verbose: true, validateFormats: false, logger: false });

/** customSchema reads an openAPIV3Schema. Rules in CEL (`x-kubernetes-validations`) are not evaluated. */
export function customSchema(schema: JsonObject | undefined): CustomSchema {
  let validate: ValidateFunction | undefined;
  return {
    schema,
    unknownFields: (object) => (schema === undefined ? [] : unknownFields(schema, object)),
    completed: (object) =>
      schema === undefined ? object : objectOf(defaulted(schema, pruned(schema, object))),
    problems(object) {
      if (schema === undefined) return [];
      validate ??= ajv.compile(checkable(schema));
      return validate(object) ? [] : (validate.errors ?? []).flatMap((error) => problemOf(error, object));
    },
  };
}

/** checkable keeps the keywords that JSON Schema shares with OpenAPI's; a default would otherwise be data. */
function checkable(schema: Json, isNameTable = false): JsonObject {
  if (!isObject(schema)) return {};
  const entries = Object.entries(schema).flatMap(([key, value]): [string, Json][] => {
    if (value === undefined) return [];
    if (isNameTable) return [[key, checkable(value)]];
    if (key === "properties") return [[key, checkable(value, true)]];
    if (key === "items" || key === "not") return [[key, checkable(value)]];
    if (key === "additionalProperties") return [[key, isObject(value) ? checkable(value) : value]];
    if (isList(value) && ["allOf", "anyOf", "oneOf"].includes(key))
      return [[key, value.map((inner) => checkable(inner))]];
    if (key === "nullable" && schema["type"] === undefined) return [];
    if (key === "enum" && isList(value) && schema["nullable"] === true) return [[key, [...value, null]]];
    return kept.has(key) ? [[key, value]] : [];
  });
  return Object.fromEntries(entries);
}

const kept = new Set([
  ...[
    "type",
    "nullable",
    "enum",
    "pattern",
    "required",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
  ],
  ...[
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "minProperties",
    "maxProperties",
    "uniqueItems",
    "multipleOf",
  ],
]);

function problemOf(error: ErrorObject, object: KubernetesObjectLike): readonly FieldProblem[] {
  const field = fieldOf(error.instancePath);
  const value: unknown = error.data;
  const limit = limitOf(error);
  switch (error.keyword) {
    case "required":
      return [required([field, stringOf(error, "missingProperty")].filter((part) => part !== "").join("."))];
    case "enum":
      return [notSupported(field, value, allowed(error))];
    case "pattern":
      return [invalidValue(field, value, `${field} in body should match '${stringOf(error, "pattern")}'`)];
    case "type": {
      const found = value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
      const wanted = stringOf(error, "type");
      return [invalidValue(field, found, `${field} in body must be of type ${wanted}: "${found}"`)];
    }
    case "minimum":
      return [invalidValue(field, value, `${field} in body should be greater than or equal to ${limit}`)];
    case "maximum":
      return [invalidValue(field, value, `${field} in body should be less than or equal to ${limit}`)];
    case "minLength":
      return [invalidValue(field, value, `${field} in body should be at least ${limit} chars long`)];
    case "maxItems":
    case "minItems": {
      const bound = error.keyword === "minItems" ? "at least" : "at most";
      return [invalidValue(field, value, `${field} in body should have ${bound} ${limit} items`)];
    }
    case "uniqueItems":
      return [duplicate(field, value)];
    default:
      return [invalidValue(field === "" ? object.kind : field, value, error.message ?? error.keyword)];
  }
}

function fieldOf(instancePath: string): string {
  return instancePath
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce(
      (path, part) => (/^\d+$/.test(part) ? `${path}[${part}]` : path === "" ? part : `${path}.${part}`),
      "",
    );
}

function stringOf(error: ErrorObject, parameter: string): string {
  const found: unknown = error.params[parameter];
  return Array.isArray(found) ? found.join(" or ") : String(found);
}

function limitOf(error: ErrorObject): string {
  return stringOf(error, "limit");
}

function allowed(error: ErrorObject): readonly string[] {
  const values: unknown = error.params["allowedValues"];
  return isList(values) ? values.filter((value) => value !== null).map(String) : [];
}
