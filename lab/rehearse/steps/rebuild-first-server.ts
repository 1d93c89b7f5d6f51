import { expectAnswers, expectChanges, expectEveryNodeReady } from "../expect";
import { belongsTo, countsOf } from "../plan";
import type { Step } from "../step";
import { StepFailed } from "../step-failed";
import { addressesOf, type LaidOutCluster } from "../subject";

/** With peers a rebuilt server joins them; alone, within the first day, it initialises, the workers come back, and what ran in the cluster is made anew. */
export const rebuildFirstServer: Step = {
  name: "rebuild server 1",
  async run({ subject, program, lab }, say) {
    const { file, clusters } = subject.editedCloudInit;
    const begun = ({ servers }: LaidOutCluster): number => lab.initialisations(addressesOf(servers));
    const before = new Map(clusters.map((cluster) => [cluster, begun(cluster)]));
    const rebuilt = clusters.flatMap(({ servers }) => servers.slice(0, 1));
    for (const { vmId } of rebuilt) await lab.deleteMachine(vmId);

    // What runs in a cluster of one server cannot be planned while that server is gone.
    const changes = await program.plan("-machines");
    expectChanges("rebuilding server 1", changes, ({ address }) => {
      return rebuilt.some(({ name }) => belongsTo(name, address));
    });
    await program.deploySynthesized(file, say);
    await expectEveryNodeReady(lab, subject.editedCloudInit);
    await expectAnswers(lab, subject.editedCloudInit);
    for (const cluster of clusters) expectJoined(cluster, begun(cluster) - (before.get(cluster) ?? 0));
    return countsOf(changes);
  },
};

/** expectJoined: a server that has peers never begins a cluster, one that is alone begins it once more. */
function expectJoined({ name, servers }: LaidOutCluster, begun: number): void {
  const first = `${servers[0]?.name} of ${name}`;
  if (servers.length > 1 && begun > 0) {
    throw new StepFailed(`${first} began a new cluster although its peers were alive`);
  }
  if (servers.length === 1 && begun !== 1) {
    throw new StepFailed(`${first} was to initialise once more and did ${begun} times`);
  }
}
