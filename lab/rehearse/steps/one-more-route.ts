import { expectAnswers, expectChanges } from "../expect";
import { belongsTo, countsOf } from "../plan";
import type { Step } from "../step";
import type { Layout } from "../subject";

export const oneMoreRoute: Step = {
  name: "one more route: only its objects",
  async run({ subject: { oneMoreRoute: more, oneMoreWorker: before }, program, lab }, say) {
    if (more === undefined) return { add: 0, change: 0, destroy: 0 };
    const existing = routesOf(before);
    const added = routesOf(more).filter((name) => !existing.includes(name));
    await program.synth(more.file);
    const changes = await program.plan();
    expectChanges(`adding route ${added.join(", ")}`, changes, (change) => {
      return (
        change.actions.join() === "create" && added.some((name) => belongsTo(`route-${name}`, change.address))
      );
    });
    await program.deploySynthesized(more.file, say);
    await expectAnswers(lab, more);
    return countsOf(changes);
  },
};

function routesOf(layout: Layout): string[] {
  return layout.clusters.flatMap((cluster) => cluster.routes);
}
