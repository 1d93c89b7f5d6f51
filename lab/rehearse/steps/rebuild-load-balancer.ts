import type { Lab } from "../..";
import { expectAnswers, expectChanges, expectEveryNodeReady, expectNothingToDo } from "../expect";
import { belongsTo, countsOf } from "../plan";
import { expectSameRendered, renderedIn } from "../rendered";
import type { Step } from "../step";
import { StepFailed } from "../step-failed";
import { addressesOf, type LaidOutCluster, type LaidOutNode } from "../subject";
import { until } from "../until";

/** The load balancer that holds the API address is deleted in Proxmox: another takes it and keeps it when that one is back. */
export const rebuildLoadBalancer: Step = {
  name: "rebuild the load balancer that holds the API address: another takes it",
  async run({ subject, program, lab }, say) {
    const { clusters } = subject.editedCloudInit;
    const concerned = clusters.filter(({ loadBalancers }) => loadBalancers.length > 0);
    const lost = new Map(concerned.map((cluster) => [cluster, holderOf(lab, cluster)]));
    const rendered = renderedIn(lab);
    for (const { vmId } of lost.values()) await lab.deleteMachine(vmId);
    const taken = (): boolean =>
      concerned.every((cluster) => isHeldByAnother(lab, cluster, lost.get(cluster)));
    await until(taken);
    if (!taken()) throw new StepFailed("nobody took the API address of the load balancer that was deleted");

    const changes = await program.plan("-machines");
    expectChanges("rebuilding a load balancer", changes, ({ address }) => {
      return [...lost.values()].some(({ name }) => belongsTo(name, address));
    });
    for (const stack of new Set(changes.map((change) => change.stack))) {
      say(`${stack}, by the engine alone`);
      await program.applyPlanned(stack);
    }
    await expectNothingToDo(program, "after the load balancer was rebuilt, a plan");
    await expectEveryNodeReady(lab, subject.editedCloudInit);
    await expectAnswers(lab, subject.editedCloudInit);
    expectSameRendered("rebuilding a load balancer", rendered, renderedIn(lab));
    if (!taken())
      throw new StepFailed(
        "the rebuilt load balancer took the API address back, which cuts every connection",
      );
    return countsOf(changes);
  },
};

function holderOf(lab: Lab, { name, loadBalancers }: LaidOutCluster): LaidOutNode {
  const holders = lab.holders(addressesOf(loadBalancers));
  const holder = loadBalancers.find(({ address }) => holders.includes(address));
  if (holder === undefined) throw new StepFailed(`no load balancer of ${name} holds the API address`);
  return holder;
}

function isHeldByAnother(
  lab: Lab,
  { loadBalancers }: LaidOutCluster,
  lost: LaidOutNode | undefined,
): boolean {
  const holders = lab.holders(addressesOf(loadBalancers));
  return holders.length === 1 && lost !== undefined && !holders.includes(lost.address);
}
