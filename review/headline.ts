import type { Effect, Finding } from "./finding";
import type { Violation } from "./guards/violation";
import type { Change, Plan } from "./plan";

/** Headline, the five lines by which somebody approves or does not. */
export interface Headline {
  readonly verdict: string;
  readonly machines: string;
  readonly data: string;
  readonly reachability: string;
  readonly guards: string;
}

export interface Counted {
  readonly plans: readonly Plan[];
  readonly findings: readonly Finding[];
  readonly others: readonly Change[];
  readonly violations: readonly Violation[];
}

export function headlineOf({ plans, findings, others, violations }: Counted): Headline {
  const refused = violations.filter(({ accepted }) => accepted === undefined);
  return {
    verdict: verdictOf({ plans, findings, others, violations: refused }),
    machines: machinesOf(findings),
    data: dataOf(findings),
    reachability: reachabilityOf(findings),
    guards: guardsOf(violations),
  };
}

function verdictOf({ plans, findings, others, violations }: Counted): string {
  const [first] = violations;
  if (first !== undefined) {
    const more = violations.length > 1 ? `, and ${violations.length - 1} more` : "";
    return `Do not approve: ${first.found}${more}`;
  }
  if (findings.length === 0 && others.length === 0) return "Nothing changes";
  const harm = findings.filter(({ loses, interrupts }) => loses !== undefined || interrupts !== undefined);
  if (harm.length > 0)
    return `Look closely: ${harm
      .map(({ subject }) => subject.name)
      .slice(0, 4)
      .join(", ")}${harm.length > 4 ? ", …" : ""}`;
  const restarts = findings.filter(({ effect }) => effect === "restarts");
  if (restarts.length > 0)
    return `Machines restart: ${restarts.map(({ subject }) => subject.name).join(", ")}; nothing is lost`;
  const stacks = plans.filter(({ changes }) => changes.length > 0).length;
  return `Safe: nothing that runs is stopped, and nothing is lost (${stacks === 1 ? "one stack changes" : `${stacks} stacks change`})`;
}

const told: readonly Effect[] = [
  "made",
  "changed in place",
  "restarts",
  "replaced",
  "destroyed",
  "forgotten",
  "first-boot data changes",
];

function machinesOf(findings: readonly Finding[]): string {
  const machines = findings.filter(({ subject }) => machineKinds.includes(subject.kind));
  if (machines.length === 0) return "none is touched";
  return told
    .flatMap((effect) => {
      const names = machines
        .filter((finding) => finding.effect === effect)
        .map(({ subject }) => subject.name);
      return names.length === 0 ? [] : [`${effect}: ${shortened(names)}`];
    })
    .join("; ");
}

const machineKinds: readonly Finding["subject"]["kind"][] = ["server", "worker", "load balancer", "template"];

function dataOf(findings: readonly Finding[]): string {
  const lost = findings.flatMap(({ loses }) => loses ?? []);
  const keys = findings.filter(
    ({ subject, effect }) => subject.kind === "key" && (effect === "replaced" || effect === "destroyed"),
  );
  const all = [...lost, ...keys.map(({ subject }) => subject.name)];
  return all.length === 0 ? "nothing is lost" : `lost: ${shortened(all)}`;
}

function reachabilityOf(findings: readonly Finding[]): string {
  const stopped = findings.flatMap(({ interrupts }) => interrupts ?? []);
  const restarting = findings
    .filter(({ effect }) => effect === "restarts")
    .map(({ subject }) => subject.name);
  const opened = findings.filter(
    ({ subject, effect }) => effect === "made" && (subject.kind === "route" || subject.kind === "edge host"),
  );
  const parts = [
    ...(stopped.length === 0 ? ["nothing that answers now stops"] : [`stops: ${shortened(stopped)}`]),
    ...(restarting.length === 0 ? [] : [`pods on ${shortened(restarting)} stop for minutes`]),
    ...(opened.length === 0 ? [] : [`new: ${shortened(opened.map(({ subject }) => subject.name))}`]),
  ];
  return parts.join("; ");
}

function guardsOf(violations: readonly Violation[]): string {
  if (violations.length === 0) return "none tripped";
  return violations
    .map(({ guard, accepted }) => (accepted === undefined ? guard : `${guard} (accepted: ${accepted})`))
    .join(", ");
}

function shortened(names: readonly string[]): string {
  return names.length > 6 ? `${names.slice(0, 5).join(", ")} and ${names.length - 5} more` : names.join(", ");
}
