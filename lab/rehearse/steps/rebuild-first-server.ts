import { expectEveryNodeReady } from "../expect";
import type { Step } from "../step";
import { StepFailed } from "../step-failed";

/** With peers a rebuilt server joins them; alone, within the first day, it initialises and the workers come back. */
export const rebuildFirstServer: Step = {
  name: "rebuild server 1",
  async run({ subject, program, lab }, say) {
    const layout = subject.editedCloudInit;
    const before = new Map(layout.clusters.map(({ api }) => [api, lab.initialisations(api)]));
    for (const { servers } of layout.clusters) {
      const [first] = servers;
      if (first !== undefined) await lab.deleteMachine(first.vmId);
    }
    const counts = await program.deploy(layout.file, say);
    expectEveryNodeReady(lab, layout);
    for (const { name, api, servers } of layout.clusters) {
      const begun = lab.initialisations(api) - (before.get(api) ?? 0);
      const expected = servers.length > 1 ? 0 : 1;
      if (begun === expected) continue;
      throw new StepFailed(
        expected === 0
          ? `${servers[0]?.name} of ${name} began a new cluster although its peers were alive`
          : `${servers[0]?.name} of ${name} was to initialise once more, it did ${begun} times`,
      );
    }
    const changes = await program.plan();
    if (changes.length > 0) throw new StepFailed("a plan after the rebuild is not empty");
    return counts;
  },
};
