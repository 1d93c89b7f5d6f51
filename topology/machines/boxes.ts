import type { Machine } from "../../config/model";
import { printMiB } from "../../config/units";
import { counted } from "../../config/words";
import type { Box, BoxKind, End, Room } from "../picture";

/** leadingRoles have a column each in every room, load balancers first. */
export const leadingRoles = ["load-balancer", "server"] as const;
export type LeadingRole = (typeof leadingRoles)[number];

/** boxesFor the machines of one room: one each; where there are more than `bound`, one for each pool of workers. */
export function boxesFor(
  machines: readonly Machine[],
  columns: readonly LeadingRole[],
  bound: number,
): Pick<Room, "leading" | "following"> {
  const workers = machines.flatMap((machine) => (machine.role === "agent" ? [machine] : []));
  const pools = [...new Set(workers.map(({ pool }) => pool))];
  return {
    leading: columns.map((role) => machines.filter((machine) => machine.role === role).map(boxOf)),
    following:
      machines.length <= bound
        ? workers.map(boxOf)
        : pools.map((pool) => crewOf(workers.filter((worker) => worker.pool === pool))),
  };
}

/** endAt a server or a load balancer: they always have a box of their own. */
export function endAt(machine: Machine): End {
  return { box: idOf(machine) };
}

const kinds: Readonly<Record<Machine["role"], BoxKind>> = {
  "load-balancer": "load-balancer",
  server: "server",
  agent: "worker",
};

function boxOf(machine: Machine): Box {
  const { name, role, address } = machine;
  return {
    id: idOf(machine),
    kind: kinds[role],
    title: name,
    lines: [roleOf(machine), address, sizeOf(machine)],
    rows: [],
  };
}

/** crewOf workers of one pool, which are alike. */
function crewOf(workers: readonly Machine[]): Box {
  const [first] = workers;
  const last = workers.at(-1);
  if (first === undefined || last === undefined) throw new Error("a pool without workers was asked for");
  if (first === last) return boxOf(first);
  return {
    id: `${idOf(first)}-and-more`,
    kind: "worker",
    title: counted(workers.length, "machine"),
    lines: [roleOf(first), `${first.name} to ${last.name}`, `${sizeOf(first)} each`],
    rows: [],
  };
}

function idOf({ name }: Machine): string {
  return `machine-${name}`;
}

/** roleOf a machine. A single pool of workers is called `worker`, which says nothing more. */
function roleOf(machine: Machine): string {
  if (machine.role === "load-balancer") return "HAProxy, to each server";
  if (machine.role === "server") return "server";
  return machine.pool === "worker" ? "worker" : `worker, pool ${machine.pool}`;
}

function sizeOf({ cores, memory }: Machine): string {
  return `${counted(cores, "core")}, ${printMiB(memory)}`;
}
