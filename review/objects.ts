import { labelOf } from "./finding";
import type { Effect, Finding, Interruption, Subject } from "./finding";
import { numberAt, textAt, valueAt } from "./json";
import { hostsOf, isEnding, kindOf, pathsOf, titleOf } from "./manifests";
import { differenceOf, isAnotherPod } from "./object-difference";
import { objectSubject } from "./object-subject";
import type { Change, Plan } from "./plan";
import { endOf } from "./platform";
import { addressesGivenUp } from "./pools";
import { volumesKept, volumesLost } from "./volumes";

/** objects in the cluster that a plan touches: charts, pools, services, routes, one finding for each entry of the file. */
export function objects(plan: Plan): Finding[] {
  const groups = new Map<string, { subject: Subject; changes: Change[] }>();
  for (const change of plan.changes) {
    const subject = objectSubject(change);
    if (subject === undefined || subject.kind === "upgrade") continue;
    const key = labelOf(subject);
    const group = groups.get(key) ?? { subject, changes: [] };
    group.changes.push(change);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ subject, changes }) => findingOf(subject, changes, plan));
}

function findingOf(subject: Subject, changes: readonly Change[], plan: Plan): Finding {
  const effect = effectOf(changes);
  const interrupts = interruptionOf(subject, effect, changes, plan);
  const lost = volumesLost(changes, plan);
  const kept = volumesKept(changes, plan);
  return {
    subject,
    effect,
    sentence: sentenceOf(effect, changes),
    fields: [],
    ...(lost.length === 0 ? {} : { loses: lost.join(", ") }),
    ...(kept.length === 0 ? {} : { keeps: kept.join(", ") }),
    ...(interrupts === undefined ? {} : { interrupts }),
    addresses: changes.map(({ address }) => address),
  };
}

/** effectOf an entry: made or destroyed only where all of it is. */
function effectOf(changes: readonly Change[]): Effect {
  const every = (action: Change["action"]): boolean => changes.every((change) => change.action === action);
  if (every("create")) return "made";
  if (every("delete")) return "destroyed";
  return changes.some(({ action }) => action === "replace") ? "replaced" : "changed in place";
}

function sentenceOf(effect: Effect, changes: readonly Change[]): string {
  if (effect === "made") return `is made: ${titlesOf(changes)}`;
  if (effect === "destroyed") return `is taken away: ${titlesOf(changes)}`;
  return changes
    .map((change) => `${verbs[change.action]} ${titleOf(change)}${differenceOf(change)}`)
    .join("; ");
}

/** titlesOf an entry's objects, what carries it first. */
function titlesOf(changes: readonly Change[]): string {
  const rank = (change: Change): number => {
    const at = carrying.indexOf(kindOf(change));
    return at < 0 ? carrying.length : at;
  };
  const titles = [...changes].sort((a, b) => rank(a) - rank(b)).map(titleOf);
  return titles.length > 4
    ? `${titles.slice(0, 3).join(", ")} and ${titles.length - 3} objects more`
    : titles.join(", ");
}

const carrying = ["StatefulSet", "Deployment", "DaemonSet", "StorageClass", "Job", "CronJob", "Service"];

const verbs: Readonly<Record<Change["action"], string>> = {
  create: "adds",
  update: "changes",
  replace: "makes again",
  delete: "takes away",
  forget: "forgets",
};

function interruptionOf(
  subject: Subject,
  effect: Effect,
  changes: readonly Change[],
  plan: Plan,
): Interruption | undefined {
  if (subject.kind === "platform" || subject.kind === "storage") return endOf(subject, plan);
  if (subject.kind === "pool") return givenUp(changes);
  if (subject.kind !== "service" && subject.kind !== "route") return undefined;
  const what = subject.kind === "route" ? subject.name : labelOf(subject);
  if (effect === "destroyed") return { what, lasts: "for good" };
  if (
    changes.some((change) => isEnding(change) && answering.includes(kindOf(change))) ||
    changes.some(isStopped)
  )
    return { what, lasts: "for a while" };
  const dropped = changes.flatMap(droppedBy);
  return dropped.length === 0 ? undefined : { what: dropped.join(", "), lasts: "for good" };
}

function givenUp(changes: readonly Change[]): Interruption | undefined {
  const ranges = addressesGivenUp(changes);
  return ranges.length === 0
    ? undefined
    : { what: `what has an address of ${ranges.join(", ")}`, lasts: "for good" };
}

/** answering kinds: while one of them is made again nobody answers. */
const answering = [
  "Service",
  "Deployment",
  "StatefulSet",
  "DaemonSet",
  "IngressRoute",
  "HTTPRoute",
  "Ingress",
  "Gateway",
  "VirtualService",
];

/** isStopped to be updated: the old pod goes before the new one comes, and there is no other. */
function isStopped({ action, before, after }: Change): boolean {
  const [one, other] = [valueAt(before, "manifest"), valueAt(after, "manifest")];
  if (action !== "update" || !isAnotherPod(one, other)) return false;
  if (textAt(other, "spec", "strategy", "type") === "Recreate") return true;
  return textAt(other, "kind") === "StatefulSet" && (numberAt(other, "spec", "replicas") ?? 1) <= 1;
}

/** droppedBy a route that stays: hosts and paths that it answers no more. */
function droppedBy({ action, before, after }: Change): string[] {
  if (action !== "update") return [];
  const [one, other] = [valueAt(before, "manifest"), valueAt(after, "manifest")];
  const [hosts, paths] = [hostsOf(other), pathsOf(other)];
  const goneHosts = hostsOf(one).filter((host) => !hosts.includes(host));
  const gonePaths = pathsOf(one).filter((path) => !paths.includes(path));
  return [...goneHosts, ...gonePaths.map((path) => `${hosts[0] ?? ""}${path}`)];
}
