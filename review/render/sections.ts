import { labelOf } from "../finding";
import type { Finding, Kind } from "../finding";
import type { Review } from "../review";
import { counted } from "../words";

/** Section of a report: findings of one kind of thing. */
export interface Section {
  readonly title: string;
  readonly lines: readonly Line[];
}

export interface Line {
  readonly name: string;
  readonly sentence: string;
  /** weight: how an approver should look at it. */
  readonly weight: "calm" | "look" | "harm";
  readonly place?: string;
}

/** PlaceOf a finding in the operator's file, such as `cluster.ts:28`; undefined where it is not at hand. */
export type PlaceOf = (finding: Finding) => string | undefined;

export function sectionsOf({ findings }: Review, placeOf: PlaceOf): Section[] {
  return titles.flatMap(({ title, kinds }) => {
    const own = findings.filter(({ subject }) => kinds.includes(subject.kind));
    return own.length === 0 ? [] : [{ title, lines: own.map((finding) => lineOf(finding, placeOf)) }];
  });
}

/** remarksOn what is no finding: what changed outside, what waits, what stays behind, and how much stays as it is. */
export function remarksOn({ drifted, waiting, leftBehind, others, unchanged }: Review): string[] {
  return [
    ...(drifted.length === 0 ? [] : [`Changed outside: ${drifted.join(", ")}`]),
    ...waiting.map(({ stack, for: first }) => `${stack} can be planned when ${first} is deployed.`),
    ...leftBehind.map(
      ({ stack, holds }) =>
        `${stack} is no longer in the file, and what it made is still there: ${holds.join(", ")}. ` +
        `To remove it: put it back into the file, run npx cdktf destroy ${stack}, and take it out again.`,
    ),
    `${others.length === 0 ? "" : `${counted(others.length, "more resource", "change")}, `}${counted(unchanged, "resource", "stay")} as ${unchanged === 1 ? "it is" : "they are"}.`,
  ];
}

const titles: readonly { title: string; kinds: readonly Kind[] }[] = [
  { title: "Machines", kinds: ["server", "worker", "load balancer", "template"] },
  { title: "Keys", kinds: ["key"] },
  { title: "Platform", kinds: ["platform", "storage", "upgrade", "namespace", "pool", "dns"] },
  { title: "Services", kinds: ["service", "config map", "secret"] },
  { title: "Routes", kinds: ["route", "certificate", "issuer"] },
  { title: "In front", kinds: ["edge host"] },
];

function lineOf(finding: Finding, placeOf: PlaceOf): Line {
  const { subject, sentence, effect, loses, interrupts } = finding;
  const place = placeOf(finding);
  const harms = loses !== undefined || effect === "replaced" || effect === "destroyed";
  return {
    name: labelOf(subject),
    sentence,
    weight: harms ? "harm" : interrupts !== undefined || effect === "restarts" ? "look" : "calm",
    ...(place === undefined ? {} : { place }),
  };
}
