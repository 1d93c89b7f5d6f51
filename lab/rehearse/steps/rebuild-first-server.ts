import { expectEveryNodeReady } from "../expect";
import type { Step } from "../step";
import { StepFailed } from "../step-failed";
import { addressesOf, type LaidOutCluster } from "../subject";

/** With peers a rebuilt server joins them; alone, within the first day, it initialises and the workers come back. */
export const rebuildFirstServer: Step = {
  name: "rebuild server 1",
  async run({ subject, program, lab }, say) {
    const layout = subject.editedCloudInit;
    const begun = ({ servers }: LaidOutCluster): number => lab.initialisations(addressesOf(servers));
    const before = new Map(layout.clusters.map((cluster) => [cluster, begun(cluster)]));
    for (const { servers } of layout.clusters) {
      const [first] = servers;
      if (first !== undefined) await lab.deleteMachine(first.vmId);
    }
    const counts = await program.deploy(layout.file, say);
    await expectEveryNodeReady(lab, layout);
    for (const cluster of layout.clusters) {
      const { name, servers } = cluster;
      const times = begun(cluster) - (before.get(cluster) ?? 0);
      const expected = servers.length > 1 ? 0 : 1;
      if (times === expected) continue;
      throw new StepFailed(
        expected === 0
          ? `${servers[0]?.name} of ${name} began a new cluster although its peers were alive`
          : `${servers[0]?.name} of ${name} was to initialise once more, it did ${times} times`,
      );
    }
    const changes = await program.plan();
    if (changes.length > 0) throw new StepFailed("a plan after the rebuild is not empty");
    return counts;
  },
};
