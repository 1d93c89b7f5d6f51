import { labelOf } from "./finding";
import type { Finding } from "./finding";
import type { Violation } from "./guards/violation";
import { harmOf, said } from "./harm";
import type { Plan } from "./plan";
import { counted, listed } from "./words";

/** Counted, what the first five lines are made of. */
export interface Counted {
  readonly plans: readonly Plan[];
  readonly findings: readonly Finding[];
  readonly violations: readonly Violation[];
  readonly waiting: readonly Waiting[];
  readonly leftBehind: readonly LeftBehind[];
}

/** Waiting, a stack that cannot be planned before another is deployed. */
export interface Waiting {
  readonly stack: string;
  readonly for: string;
}

/** LeftBehind, a stack that the file no longer has, while its state still holds something. */
export interface LeftBehind {
  readonly stack: string;
  /** holds, what is still there, by the names that an operator knows. */
  readonly holds: readonly string[];
}

/** verdictOf plans, the first line: approve, look closely, or do not. */
export function verdictOf({ plans, findings, violations, waiting, leftBehind }: Counted): string {
  const refused = violations.filter(({ accepted }) => accepted === undefined);
  const [first] = refused;
  if (first !== undefined) {
    const more = refused.length > 1 ? `; ${counted(refused.length - 1, "more guard", "refuse")}` : "";
    return `Do not approve: ${first.found}${more}`;
  }
  const harm = [...harmOf(findings), ...leftBehind.map(({ stack }) => `${stack} is left behind`)];
  if (harm.length > 0) return `Look closely: ${harm.join("; ")}`;
  const away = awayIn(findings);
  if (away.length > 0) return `${away.join("; ")}; nothing is lost`;
  const stacks = plans.filter(({ isChanging }) => isChanging).length;
  if (stacks === 0) return "Nothing changes";
  const wait =
    waiting.length === 0 ? "" : `, ${waiting.length} more ${waiting.length === 1 ? "waits" : "wait"}`;
  return `Safe: ${safeIn(findings).join("; ")} (${counted(stacks, "stack", "change")}${wait})`;
}

/** awayIn a plan: nodes that do not work for a while. */
function awayIn(findings: readonly Finding[]): string[] {
  const restarting = (kind: string): string[] =>
    findings
      .filter(({ subject, effect }) => effect === "restarts" && subject.kind === kind)
      .map(({ subject }) => subject.name);
  const servers = restarting("server");
  const names = [
    ...(servers.length < 2 ? servers : [`${listed(servers)}, one after another`]),
    ...restarting("worker"),
    ...restarting("load balancer"),
  ];
  const upgraded = findings.filter(({ effect }) => effect === "upgraded");
  return [
    ...(names.length === 0 ? [] : [`Expect restarts: ${listed(names)}`]),
    ...upgraded.map(
      ({ subject, sentence }) => `Expect an upgrade: ${subject.name} ${sentence.split(";")[0] ?? ""}`,
    ),
  ];
}

/** safeIn a plan: what it does where it hurts nothing. */
function safeIn(findings: readonly Finding[]): string[] {
  const named = (effect: Finding["effect"], one: string, several: string): string[] =>
    said(
      findings.filter((finding) => finding.effect === effect).map(({ subject }) => labelOf(subject)),
      one,
      several,
    );
  const done = [
    ...named("made", "is made", "are made"),
    ...named("changed in place", "is changed", "are changed"),
    ...named("replaced", "is made again", "are made again"),
    ...named("destroyed", "is taken away", "are taken away"),
  ];
  const documents = findings.some(({ effect }) => effect === "first-boot data changes");
  if (done.length === 0)
    return [
      documents
        ? "only what machines begin with, when they are made, changes"
        : "nothing but the program's own checks",
    ];
  return done;
}
