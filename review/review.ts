import { edge } from "./edge";
import { entrance } from "./entrance";
import type { Finding } from "./finding";
import { judge } from "./guards";
import type { Violation } from "./guards/violation";
import { headlineOf } from "./headline";
import type { Headline } from "./headline";
import { keys } from "./keys";
import { machines } from "./machines";
import { maskOf } from "./mask";
import { objects } from "./objects";
import type { Change, Plan } from "./plan";
import { upgrades } from "./upgrades";
import type { LeftBehind, Waiting } from "./verdict";

/** Review is what plans mean: for an approver first, then thing by thing. */
export interface Review {
  readonly headline: Headline;
  readonly findings: readonly Finding[];
  /** others, resources that no finding speaks of. */
  readonly others: readonly Change[];
  readonly drifted: readonly string[];
  readonly unchanged: number;
  readonly violations: readonly Violation[];
  readonly plans: readonly Plan[];
  /** waiting stacks cannot be planned before another is deployed. */
  readonly waiting: readonly Waiting[];
  /** leftBehind by an edit of the file. */
  readonly leftBehind: readonly LeftBehind[];
}

/** Surroundings of plans: what is known of stacks that have none. */
export interface Surroundings {
  readonly waiting: readonly Waiting[];
  readonly leftBehind: readonly LeftBehind[];
}

/** isRefused: a guard holds that nobody has overridden. */
export function isRefused({ violations }: Pick<Review, "violations">): boolean {
  return violations.some(({ accepted }) => accepted === undefined);
}

/** review of the plans of one or several stacks, in the order in which they would be deployed. */
export function review(
  plans: readonly Plan[],
  accepted: Parameters<typeof judge>[1] = {},
  { waiting, leftBehind }: Surroundings = { waiting: [], leftBehind: [] },
): Review {
  const findings = plans.flatMap(findingsIn);
  const spoken = new Set(findings.flatMap(({ addresses }) => addresses));
  const others = plans.flatMap(({ changes }) => changes.filter(({ address }) => !spoken.has(address)));
  const violations = judge(plans, accepted);
  return {
    headline: headlineOf({ plans, findings, violations, waiting, leftBehind }),
    findings,
    others,
    drifted: plans.flatMap(({ drifted }) => drifted),
    unchanged: plans.reduce((sum, plan) => sum + plan.unchanged, 0),
    violations,
    plans,
    waiting,
    leftBehind,
  };
}

function findingsIn(plan: Plan): Finding[] {
  const findings = [
    ...machines(plan),
    ...keys(plan),
    ...objects(plan),
    ...upgrades(plan),
    ...entrance(plan),
    ...edge(plan),
  ];
  if (findings.length === 0) return [];
  const mask = maskOf(plan.source);
  return findings.map((finding) => ({ ...finding, sentence: mask(finding.sentence) }));
}
