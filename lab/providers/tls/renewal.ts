import type { Change, Planned } from "../protocol/resource";
import { UNKNOWN, type Attributes } from "../protocol/value";

/** planRenewal replaces a certificate that is expired, or closer to that than early_renewal_hours. */
export function planRenewal({ planned }: Change): Planned {
  if (!isDue(planned)) return { planned, replaces: [] };
  return { planned: { ...planned, ready_for_renewal: UNKNOWN }, replaces: [["ready_for_renewal"]] };
}

export function readRenewal(state: Attributes): Attributes {
  return isDue(state) ? { ...state, ready_for_renewal: true } : state;
}

function isDue(certificate: Attributes): boolean {
  const end = certificate["validity_end_time"];
  const early = certificate["early_renewal_hours"];
  if (typeof end !== "string" || typeof early !== "number") return false;
  return Date.parse(end) - early * 3_600_000 <= Date.now();
}
