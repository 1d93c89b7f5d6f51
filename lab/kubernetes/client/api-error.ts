import { listAt, objectAt, textAt } from "../json";
import type { JsonObject } from "../contract";

/** ApiError is an answer of the API that says no: a Status object. */
export class ApiError extends Error {
  readonly code: number;
  /** reason in one word: `NotFound`, `AlreadyExists`, `Conflict`, `Invalid`. */
  readonly reason: string;
  readonly details: ApiErrorDetails;

  constructor(code: number, status: JsonObject) {
    super(textAt(status, "message") ?? `the server answered ${code}`);
    this.code = code;
    this.reason = textAt(status, "reason") ?? "";
    this.details = {
      group: textAt(status, "details", "group") ?? "",
      kind: textAt(status, "details", "kind") ?? "",
      name: textAt(status, "details", "name") ?? "",
      causes: listAt(objectAt(status, "details"), "causes").map((cause) => ({
        field: textAt(cause, "field") ?? "",
        message: textAt(cause, "message") ?? "",
      })),
    };
  }
}

export interface ApiErrorDetails {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  readonly causes: readonly { readonly field: string; readonly message: string }[];
}

/** ConnectionError: no answer at all. Its message is what Go's HTTP client says. */
export class ConnectionError extends Error {}

/** UnknownKind: the API serves no such kind, in the words of apimachinery's NoKindMatchError. */
export class UnknownKind extends Error {
  constructor(apiVersion: string, kind: string) {
    super(`no matches for kind ${JSON.stringify(kind)} in version ${JSON.stringify(apiVersion)}`);
  }
}
