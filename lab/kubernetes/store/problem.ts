import type { JsonObject } from "../contract";
import type { Kind } from "./kind";

/** FieldProblem is one cause of an Invalid answer (apimachinery: pkg/util/validation/field/errors.go). */
export interface FieldProblem {
  readonly field: string;
  readonly reason:
    | "FieldValueRequired"
    | "FieldValueInvalid"
    | "FieldValueNotSupported"
    | "FieldValueForbidden"
    | "FieldValueDuplicate";
  /** message without the field's name: `Required value`. */
  readonly message: string;
}

/** ApiProblem is an answer that says no, in the API server's words. */
export class ApiProblem extends Error {
  constructor(
    readonly code: number,
    readonly reason: string,
    message: string,
    readonly details: JsonObject = {},
  ) {
    super(message);
  }
}

/** statusOf is the Status object that carries a problem. */
export function statusOf(problem: ApiProblem): JsonObject {
  const { code, reason, message, details } = problem;
  return {
    kind: "Status",
    apiVersion: "v1",
    metadata: {},
    status: "Failure",
    message,
    ...(reason === "" ? {} : { reason }),
    ...(Object.keys(details).length === 0 ? {} : { details }),
    code,
  };
}

export function notFound(kind: Kind, name: string): ApiProblem {
  return new ApiProblem(404, "NotFound", `${qualified(kind)} "${name}" not found`, about(kind, name));
}

export function alreadyExists(kind: Kind, name: string): ApiProblem {
  return new ApiProblem(
    409,
    "AlreadyExists",
    `${qualified(kind)} "${name}" already exists`,
    about(kind, name),
  );
}

export function forbidden(kind: Kind, name: string, why: string): ApiProblem {
  return new ApiProblem(
    403,
    "Forbidden",
    `${qualified(kind)} "${name}" is forbidden: ${why}`,
    about(kind, name),
  );
}

/** outdated: a write carried a resourceVersion that is not the newest. */
export function outdated(kind: Kind, name: string): ApiProblem {
  const why = "the object has been modified; please apply your changes to the latest version and try again";
  return new ApiProblem(
    409,
    "Conflict",
    `Operation cannot be fulfilled on ${qualified(kind)} "${name}": ${why}`,
    about(kind, name),
  );
}

export function badRequest(message: string): ApiProblem {
  return new ApiProblem(400, "BadRequest", message);
}

/** invalid lists every field that is wrong, as the API server does. */
export function invalid(kind: Kind, name: string, problems: readonly FieldProblem[]): ApiProblem {
  const texts = [...new Set(problems.map(({ field, message }) => `${field}: ${message}`))];
  const all = texts.length === 1 ? (texts[0] ?? "") : `[${texts.join(", ")}]`;
  const title = kind.group === "" ? kind.kind : `${kind.kind}.${kind.group}`;
  return new ApiProblem(422, "Invalid", `${title} "${name}" is invalid: ${all}`, {
    name,
    ...(kind.group === "" ? {} : { group: kind.group }),
    kind: kind.kind,
    causes: problems.map(({ field, reason, message }) => ({ reason, message, field })),
  });
}

export function required(field: string, why = ""): FieldProblem {
  return { field, reason: "FieldValueRequired", message: `Required value${why === "" ? "" : `: ${why}`}` };
}

export function invalidValue(field: string, value: unknown, why: string): FieldProblem {
  return { field, reason: "FieldValueInvalid", message: `Invalid value: ${shown(value)}: ${why}` };
}

export function notSupported(field: string, value: unknown, supported: readonly string[]): FieldProblem {
  const list = supported.map((item) => JSON.stringify(item)).join(", ");
  return {
    field,
    reason: "FieldValueNotSupported",
    message: `Unsupported value: ${shown(value)}: supported values: ${list}`,
  };
}

export function duplicate(field: string, value: unknown): FieldProblem {
  return { field, reason: "FieldValueDuplicate", message: `Duplicate value: ${shown(value)}` };
}

function shown(value: unknown): string {
  return JSON.stringify(value ?? null);
}

function qualified(kind: Kind): string {
  return kind.group === "" ? kind.plural : `${kind.plural}.${kind.group}`;
}

function about(kind: Kind, name: string): JsonObject {
  return { name, ...(kind.group === "" ? {} : { group: kind.group }), kind: kind.plural };
}
