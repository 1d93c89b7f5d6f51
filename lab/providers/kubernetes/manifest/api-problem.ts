import { ApiError } from "../../../kubernetes/client";
import { ProviderError, type Problem } from "../../protocol/problem";
import { messageOf } from "../connection";

/** applyProblem is what the provider makes of a server-side apply that failed. */
export function applyProblem(error: unknown, name: string): ProviderError {
  if (!(error instanceof ApiError))
    return new ProviderError({
      summary: `PATCH for resource "${name}" failed to apply`,
      detail: messageOf(error),
    });
  if (error.reason === "Conflict")
    return new ProviderError({
      summary: `There was a field manager conflict when trying to apply the manifest for "${name}"`,
      detail:
        `The API returned the following conflict: ${JSON.stringify(error.message)}\n\n` +
        'You can override this conflict by setting "force_conflicts" to true in the "field_manager" block.',
    });
  const { group, kind, name: about, causes } = error.details;
  const first: Problem = { summary: "API response status: Failure", detail: error.message };
  if (kind === "" && causes.length === 0) return new ProviderError(first);
  const kindGroup = group === "" ? kind : `${kind}.${group}`;
  return new ProviderError(
    first,
    { summary: `Kubernetes API Error: ${error.reason} ${kindGroup} [${about}]`, detail: "" },
    ...causes.map(({ field, message }) => ({ summary: field, detail: message })),
  );
}
