import { isRefused } from "../review";
import type { Review } from "../review";
import { sectionsOf } from "./sections";
import type { PlaceOf } from "./sections";

/** json of a review, for machines: no value of a resource stands in it. */
export function json(review: Review, placeOf: PlaceOf): string {
  return `${JSON.stringify(reportOf(review, placeOf), null, 2)}\n`;
}

/** Report of a review as JSON has it. */
export type Report = ReturnType<typeof reportOf>;

export function reportOf(review: Review, placeOf: PlaceOf) {
  const { headline, violations, findings, others, drifted, unchanged, waiting, leftBehind } = review;
  return {
    ok: !isRefused(review),
    headline,
    guards: violations,
    sections: sectionsOf(review, placeOf),
    findings: findings.map(({ subject, effect, loses, interrupts, addresses }) => ({
      subject,
      effect,
      ...(loses === undefined ? {} : { loses }),
      ...(interrupts === undefined ? {} : { interrupts }),
      addresses,
    })),
    others: others.map(({ plan, address, action }) => ({ plan, address, action })),
    drifted,
    unchanged,
    waiting,
    leftBehind,
  };
}
