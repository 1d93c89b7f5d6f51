import { serveRelease } from "./artifact-site";
import { takeBranches } from "./bootstrap/branches";
import { nodesOf } from "./api-request";
import { failoverPhases } from "./failover/phases";
import { imageWith } from "./image/image";
import { judgeOf, listed } from "./judge/check";
import { judgeFirstBoot } from "./judge/first-boot";
import { judgeSecondBoot } from "./judge/second-boot";
import { layNetwork } from "./machine/private-network";
import type { Room } from "./room";
import { type BootMachine, type BootSubject, imageOf } from "./subject";

export interface Phase {
  readonly name: string;
  readonly run: (room: Room, say: (line: string) => void) => Promise<void>;
}

/** phasesOf a boot test, each after the one before. */
export function phasesOf(subject: BootSubject): Phase[] {
  const { machines, branches } = subject;
  const [first, second] = machines.filter(({ role }) => role === "server");
  if (first === undefined || second === undefined) throw new Error("a boot test has two servers");
  const names = machines.map(({ name }) => name);
  return [
    { name: `${machines.length} machines start: ${names.join(", ")}`, run: startAll },
    { name: "their first boot", run: waitForAll },
    { name: "what they say of themselves", run: judgeAll },
    {
      name: `second boot of ${first.name}; on ${second.name}, the bootstrap script in ${branches.length} ways`,
      run: async (room) => {
        const checks = await Promise.all([
          takeBranches(room.vm(second.name).agent, subject),
          bootAgain(room, first),
        ]);
        room.checks.push(...checks.flat());
      },
    },
    ...failoverPhases(subject),
  ];
}

/** firstBootSeconds that an emulated machine may take beside its neighbours on a busy computer. */
const firstBootSeconds = 1200;

async function startAll(room: Room, say: (line: string) => void): Promise<void> {
  const { machines, network, branches, release } = room.subject;
  const taps = machines.map((_, index) => `tap${index}`);
  const served = new Set(branches.flatMap(({ peers }) => peers.map(({ address }) => address)));
  await layNetwork(
    [network.gateway, ...served].map((address) => `${address}/${network.prefix}`),
    taps,
  );
  room.atEnd(await serveRelease(network.gateway, release));
  for (const [index, machine] of machines.entries()) {
    const image = await imageWith(imageOf(machine.role, room.subject), say);
    await room.start(machine, image, `tap${index}`);
  }
}

async function waitForAll(room: Room): Promise<void> {
  await Promise.all(
    room.subject.machines.map(async ({ name, role }) => {
      const vm = room.vm(name);
      await vm.prints("Cloud-init v. ", 1, firstBootSeconds);
      await vm.prints(" finished at ", 1, firstBootSeconds);
      if (role !== "load-balancer") await vm.prints(readyLine(name), 1, firstBootSeconds);
      await vm.agent.answers(60);
    }),
  );
}

async function judgeAll(room: Room): Promise<void> {
  const { machines, api } = room.subject;
  const judged = await Promise.all(
    machines.map(async (machine) => {
      const facts = await room.ask(machine.name);
      return [
        ...judgeFirstBoot(room.expected(machine.name), facts),
        ...decisionChecks(machine, "first", facts.journal),
      ];
    }),
  );
  room.checks.push(...judged.flat());
  const ids = [...room.facts().values()].map(({ machineId }) => machineId);
  const nodes = await nodesOf(room.subject);
  const wanted = machines.filter(({ role }) => role !== "load-balancer").map(({ name }) => name);
  const judge = judgeOf("all");
  room.checks.push(
    judge("each machine has a machine-id of its own", new Set(ids).size === ids.length, `${ids.length} ids`),
    judge(
      `every Node exists, as the administrator sees it at ${api.address}:6443 (${api.through})`,
      nodes.join() === wanted.sort().join(),
      listed(nodes),
    ),
  );
}

async function bootAgain(room: Room, machine: BootMachine) {
  const { name } = machine;
  const before = room.facts().get(name);
  if (before === undefined) throw new Error(`${name} has not been asked yet`);
  const vm = room.vm(name);
  vm.agent.reboot();
  await vm.prints(readyLine(name), 2, firstBootSeconds);
  await vm.agent.answers(60);
  const after = await room.ask(name);
  return [
    ...judgeSecondBoot(room.expected(name), before, after),
    ...decisionChecks(machine, "second", after.journal),
  ];
}

function decisionChecks(
  { name, decides }: BootMachine,
  which: "first" | "second",
  journal: readonly string[],
) {
  if (decides === undefined) return [];
  const words = decides[which];
  const said = journal.filter((line) => line.startsWith(name));
  const claim = `its bootstrap script decides at the ${which} boot: ${words}`;
  return [
    judgeOf(name)(
      claim,
      said.some((line) => line.includes(words)),
      listed(said),
    ),
  ];
}

function readyLine(name: string): string {
  return `rke2 stand-in: ${name} is ready`;
}
