import type { Effect, Finding } from "./finding";
import type { Violation } from "./guards/violation";
import { interrupted, isMachine } from "./harm";
import { verdictOf } from "./verdict";
import type { Counted, LeftBehind } from "./verdict";
import { shortened } from "./words";

/** Headline, the five lines by which somebody approves or does not. */
export interface Headline {
  readonly verdict: string;
  readonly machines: string;
  readonly data: string;
  readonly reachability: string;
  readonly guards: string;
}

export function headlineOf(counted: Counted): Headline {
  const { findings, violations, leftBehind } = counted;
  return {
    verdict: verdictOf(counted),
    machines: machinesOf(findings),
    data: dataOf(findings),
    reachability: reachabilityOf(findings, violations, leftBehind),
    guards: guardsOf(violations),
  };
}

function machinesOf(findings: readonly Finding[]): string {
  const told = effects.flatMap(([effect, words]) =>
    lines(
      words,
      findings
        .filter((finding) => isMachine(finding) && finding.effect === effect)
        .map(({ subject }) => subject.name),
    ),
  );
  const templates = effects.flatMap(([effect]) => {
    const own = findings.filter(({ subject, effect: of }) => subject.kind === "template" && of === effect);
    return own.length === 0 ? [] : [`templates ${templateWords[effect] ?? "changed"}: ${own.length}`];
  });
  const all = [
    ...told,
    ...templates,
    ...(findings.some(({ effect }) => effect === "upgraded") ? ["upgraded in turn: every node"] : []),
  ];
  return all.length === 0 ? "none is touched" : all.join("; ");
}

/** effects from what an approver has to see to what nobody notices. */
const effects: readonly (readonly [Effect, string])[] = [
  ["destroyed", "destroyed"],
  ["replaced", "destroyed and made again"],
  ["forgotten", "forgotten"],
  ["restarts", "restart"],
  ["made", "made"],
  ["changed in place", "changed in place"],
  ["first-boot data changes", "run on, only their first-boot data changes"],
];

const templateWords: Readonly<Partial<Record<Effect, string>>> = {
  made: "made",
  replaced: "made again",
  destroyed: "taken away",
};

function dataOf(findings: readonly Finding[]): string {
  const lost = findings.flatMap(({ loses }) => loses ?? []);
  const keys = findings.filter(
    ({ subject, effect }) => subject.kind === "key" && (effect === "replaced" || effect === "destroyed"),
  );
  const all = [...lost, ...keys.map(({ subject }) => subject.name)];
  const kept = findings.flatMap(({ keeps }) => keeps ?? []);
  return [
    all.length === 0 ? "nothing is lost" : `lost: ${shortened(all)}`,
    ...(kept.length === 0 ? [] : [`kept: ${shortened(kept)}`]),
  ].join("; ");
}

function reachabilityOf(
  findings: readonly Finding[],
  violations: readonly Violation[],
  leftBehind: readonly LeftBehind[],
): string {
  const machines = (...effects: readonly Effect[]): string[] =>
    findings
      .filter((finding) => effects.includes(finding.effect) && isNode(finding))
      .map(({ subject }) => subject.name);
  const opened = findings.filter(
    ({ subject, effect }) => effect === "made" && (subject.kind === "route" || subject.kind === "edge host"),
  );
  const noApi = violations.some(({ guard }) => guard === "quorum") ? ["the Kubernetes API"] : [];
  const told = [
    ...lines("stops for good", [...noApi, ...interrupted(findings, "for good")]),
    ...lines("stops for a while", interrupted(findings, "for a while")),
    ...lines("pods stop for minutes on", machines("restarts")),
    ...lines("pods have to move off", machines("destroyed", "replaced")),
    ...(findings.some(({ effect }) => effect === "upgraded")
      ? ["each node in turn is away for minutes, and its pods move or wait"]
      : []),
    ...lines(
      "still answers, though no file has it",
      leftBehind.flatMap(({ holds }) => holds),
    ),
  ];
  return [
    ...(told.length === 0 ? ["nothing that answers now stops"] : told),
    ...lines(
      "new",
      opened.map(({ subject }) => subject.name),
    ),
  ].join("; ");
}

function isNode({ subject }: Finding): boolean {
  return subject.kind === "server" || subject.kind === "worker";
}

function lines(words: string, names: readonly string[]): string[] {
  const each = [...new Set(names)];
  return each.length === 0 ? [] : [`${words}: ${shortened(each)}`];
}

function guardsOf(violations: readonly Violation[]): string {
  if (violations.length === 0) return "none tripped";
  return violations
    .map(({ guard, accepted }) => (accepted === undefined ? guard : `${guard} (accepted: ${accepted})`))
    .join(", ");
}
