import { labelOf } from "./finding";
import type { Finding, Interruption } from "./finding";
import { listed, shortened } from "./words";

/** harmOf a plan in a few words, what weighs most first; empty = nothing that runs is hurt. */
export function harmOf(findings: readonly Finding[]): string[] {
  const machines = (effect: Finding["effect"], done: string): string[] =>
    said(
      findings
        .filter((finding) => finding.effect === effect && isMachine(finding))
        .map(({ subject }) => subject.name),
      `is ${done}`,
      `are ${done}`,
    );
  const forgotten = findings
    .filter(({ effect }) => effect === "forgotten")
    .map(({ subject }) => labelOf(subject));
  const lost = findings.filter((finding) => !isMachine(finding)).flatMap(({ loses }) => loses ?? []);
  return [
    ...machines("destroyed", "destroyed"),
    ...machines("replaced", "destroyed and made again"),
    ...(lost.length === 0 ? [] : [`lost: ${shortened(lost)}`]),
    ...said(interrupted(findings, "for good"), "stops answering", "stop answering"),
    ...said(interrupted(findings, "for a while"), "stops for a while", "stop for a while"),
    ...said(forgotten, "is no longer looked after", "are no longer looked after"),
  ];
}

/** interrupted things, each once; a route is not named where every route is. */
export function interrupted(findings: readonly Finding[], lasts: Interruption["lasts"]): string[] {
  const own = findings.filter(({ interrupts }) => interrupts?.lasts === lasts);
  const isEveryRoute = own.some(({ interrupts }) => interrupts?.what === everyRoute);
  const told = own.filter(({ subject }) => !(isEveryRoute && subject.kind === "route"));
  return [...new Set(told.flatMap(({ interrupts }) => interrupts?.what ?? []))];
}

export const everyRoute = "every route";

/** isMachine that works; a template only waits to be cloned. */
export function isMachine({ subject }: Finding): boolean {
  return ["server", "worker", "load balancer"].includes(subject.kind);
}

/** said of some things: the first two of more than three, and how many more. */
export function said(names: readonly string[], one: string, several: string): string[] {
  const each = [...new Set(names)];
  if (each.length === 0) return [];
  const shown = each.length > 3 ? [...each.slice(0, 2), `${each.length - 2} more`] : each;
  return [`${listed(shown)} ${each.length === 1 ? one : several}`];
}
