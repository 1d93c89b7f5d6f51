import type { Finding } from "../finding";
import type { Review } from "../review";

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

const titles: readonly { title: string; kinds: readonly Finding["subject"]["kind"][] }[] = [
  { title: "Machines", kinds: ["server", "worker", "load balancer", "template"] },
  { title: "Keys", kinds: ["key"] },
  { title: "Platform", kinds: ["platform", "upgrade", "pool"] },
  { title: "Services", kinds: ["service"] },
  { title: "Routes", kinds: ["route", "certificate"] },
  { title: "In front", kinds: ["edge host"] },
];

function lineOf(finding: Finding, placeOf: PlaceOf): Line {
  const { subject, sentence, effect, loses, interrupts } = finding;
  const place = placeOf(finding);
  const harms = loses !== undefined || effect === "replaced" || effect === "destroyed";
  return {
    name: subject.name,
    sentence,
    weight: harms ? "harm" : interrupts !== undefined || effect === "restarts" ? "look" : "calm",
    ...(place === undefined ? {} : { place }),
  };
}
