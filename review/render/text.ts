import type { Review } from "../review";
import { remarksOn, sectionsOf } from "./sections";
import type { PlaceOf } from "./sections";

/** text of a review, for a terminal. */
export function text(review: Review, placeOf: PlaceOf): string {
  const { headline, violations } = review;
  const lines = [
    headline.verdict,
    `  machines      ${headline.machines}`,
    `  data          ${headline.data}`,
    `  reachability  ${headline.reachability}`,
    `  guards        ${headline.guards}`,
    ...violations.flatMap(({ guard, found, why, fix, accepted }) => [
      "",
      `${guard}  ${found}`,
      `    why  ${why}`,
      accepted === undefined ? `    fix  ${fix}` : `    accepted  ${accepted}`,
    ]),
    ...sectionsOf(review, placeOf).flatMap(({ title, lines: own }) => [
      "",
      title,
      ...own.map(
        ({ name, sentence, place }) => `  ${name} ${sentence}${place === undefined ? "" : `   (${place})`}`,
      ),
    ]),
    "",
    ...remarksOn(review),
  ];
  return `${lines.join("\n")}\n`;
}
