import type { Policy } from "../../../config/model/routes";
import { durationOf } from "../duration";
import type { MiddlewareSpec } from "./names";

/**
 * retrySpec. Traefik counts the first attempt too, and sends POST, PATCH and LOCK again only where nothing of them had
 * gone out.
 * @see https://github.com/traefik/traefik/blob/v3.7/pkg/middlewares/retry/retry.go
 */
export function retrySpec({ retries, timeouts }: Policy): readonly MiddlewareSpec[] {
  if (retries === undefined) return [];
  const spec = {
    attempts: retries.attempts + 1,
    ...(retries.statuses.length > 0 && { status: retries.statuses.map(String) }),
    ...(timeouts.request !== undefined && { timeout: durationOf(timeouts.request) }),
  };
  return [["retry", { retry: spec }]];
}
