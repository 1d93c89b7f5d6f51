import { expectAnswers, expectChanges, expectEveryNodeReady, expectNothingToDo } from "../expect";
import { belongsTo, type Counts, countsOf } from "../plan";
import { expectSameRendered, renderedIn } from "../rendered";
import type { Rehearsal, Step } from "../step";
import { StepFailed } from "../step-failed";
import { addressesOf, type LaidOutCluster, type LaidOutNode } from "../subject";

/**
 * Each server in turn is deleted in Proxmox and comes back. With peers it joins them; alone, within the first day, it
 * initialises, the workers come back, and what ran in the cluster is made anew.
 */
export const rebuildServers: Step = {
  name: "rebuild each server in turn: no other node touched",
  async run(rehearsal, say) {
    const { clusters } = rehearsal.subject.editedCloudInit;
    const turns = Math.max(...clusters.map(({ servers }) => servers.length));
    const counts: Counts[] = [];
    for (let turn = 0; turn < turns; turn++) counts.push(await rebuild(turn, rehearsal, say));
    await expectAnswers(rehearsal.lab, rehearsal.subject.editedCloudInit);
    await expectNothingToDo(rehearsal.program, "after every server was rebuilt, a plan");
    return sumOf(counts);
  },
};

/** rebuild the server of this turn in each cluster that has one: the first by a plain deploy, as the others would be. */
async function rebuild(turn: number, rehearsal: Rehearsal, say: (line: string) => void): Promise<Counts> {
  const { subject, program, lab } = rehearsal;
  const { file, clusters } = subject.editedCloudInit;
  const begun = ({ servers }: LaidOutCluster): number => lab.initialisations(addressesOf(servers));
  const concerned = clusters.filter(({ servers }) => servers.length > turn);
  const before = new Map(concerned.map((cluster) => [cluster, begun(cluster)]));
  const rendered = renderedIn(lab);
  const rebuilt = concerned.flatMap(({ servers }) => servers.slice(turn, turn + 1));
  const names = rebuilt.map(({ name }) => name).join(", ");
  for (const { vmId } of rebuilt) await lab.deleteMachine(vmId);

  // What runs in a cluster of one server cannot be planned while that server is gone.
  const changes = await program.plan("-machines");
  expectChanges(`rebuilding ${names}`, changes, ({ address }) => isOf(rebuilt, address));
  if (turn === 0) {
    await program.deploySynthesized(file, say);
  } else {
    // The same plan, without the five seconds that each start of cdktf takes.
    say(`${names}, by the engine alone`);
    for (const stack of new Set(changes.map((change) => change.stack))) await program.applyPlanned(stack);
  }
  await expectEveryNodeReady(lab, subject.editedCloudInit);
  expectSameRendered(`rebuilding ${names}`, rendered, renderedIn(lab));
  for (const cluster of concerned) expectJoined(cluster, turn, begun(cluster) - (before.get(cluster) ?? 0));
  return countsOf(changes);
}

function isOf(nodes: readonly LaidOutNode[], address: string): boolean {
  return nodes.some(({ name }) => belongsTo(name, address));
}

/** expectJoined: a server that has peers never begins a cluster, one that is alone begins it once more. */
function expectJoined({ name, servers }: LaidOutCluster, turn: number, begun: number): void {
  const server = `${servers[turn]?.name} of ${name}`;
  if (servers.length > 1 && begun > 0) {
    throw new StepFailed(`${server} began a new cluster although its peers were alive`);
  }
  if (servers.length === 1 && begun !== 1) {
    throw new StepFailed(`${server} was to initialise once more and did ${begun} times`);
  }
}

function sumOf(counts: readonly Counts[]): Counts {
  const sum = (field: keyof Counts): number => counts.reduce((total, each) => total + each[field], 0);
  return { add: sum("add"), change: sum("change"), destroy: sum("destroy") };
}
