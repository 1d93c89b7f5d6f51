import { isRestarted, subjectOf, vmType } from "../machines";
import type { Change, Plan } from "../plan";
import { listed } from "../words";
import type { Violation } from "./violation";

/** servers: never more than one at once, and never so many that etcd loses its majority. */
export function servers(plans: readonly Plan[]): Violation[] {
  return plans.flatMap((plan) => {
    const ending = plan.changes.filter(
      (change) => isServer(change) && (change.action === "replace" || change.action === "delete"),
    );
    const staying = plan.planned.filter(
      ({ type, name, values }) =>
        type === vmType &&
        subjectOf(name, values).kind === "server" &&
        !plan.changes.some(
          (change) => change.name === name && change.type === vmType && change.action !== "update",
        ),
    );
    const before = ending.length + staying.length;
    const restarted = plan.changes.filter((change) => isServer(change) && isRestarted(change));
    return [...together(ending), ...restartedTogether(restarted, plan), ...majority(ending, before)];
  });
}

function together(ending: readonly Change[]): Violation[] {
  if (ending.length < 2) return [];
  return [
    {
      guard: "servers-together",
      found: `${namesOf(ending)} end in one deploy`,
      why: "each holds a copy of etcd, and one that is made again needs the others to join",
      fix: "replace one, wait until it is Ready, then the next",
    },
  ];
}

/**
 * restartedTogether: the provider starts the next as soon as the one before is powered on. What waits in between until
 * that one is Ready is its gate, and only where the plan has it passed again.
 */
function restartedTogether(restarted: readonly Change[], { changes }: Plan): Violation[] {
  const isAwaited = ({ name }: Change): boolean => changes.some((change) => isGateOf(name, change));
  if (restarted.length < 2 || restarted.every(isAwaited)) return [];
  return [
    {
      guard: "servers-together",
      found: `${namesOf(restarted)} restart one right after the other`,
      why: "etcd needs a majority all the time, and nothing waits until one is Ready before the next goes",
      fix: "plan without -target, so that the gate of each is passed again in between",
    },
  ];
}

/** isGateOf a machine, to be passed when the machine has been changed. */
function isGateOf(machine: string, { type, name, action }: Change): boolean {
  const isMade = action === "create" || action === "replace";
  return type === "null_resource" && name.startsWith(`${machine}_ready_`) && isMade;
}

/** majority of those that are there now has to go on; a single server has none to lose, but its whole cluster. */
function majority(ending: readonly Change[], before: number): Violation[] {
  const left = before - ending.length;
  const needed = Math.floor(before / 2) + 1;
  if (ending.length === 0 || left >= needed) return [];
  return [
    {
      guard: "quorum",
      found:
        before === 1
          ? `${namesOf(ending)} is the only server, and etcd ends with it`
          : `${left} of ${before} servers are left, and etcd needs ${needed}`,
      why: "without a majority nothing in the cluster can be written, and what only etcd knows is lost with the disks",
      fix: "take a snapshot and keep it elsewhere, or leave this server as it is",
    },
  ];
}

function isServer({ type, name, before }: Change): boolean {
  return type === vmType && subjectOf(name, before).kind === "server";
}

function namesOf(changes: readonly Change[]): string {
  return listed(changes.map(({ name }) => name));
}
