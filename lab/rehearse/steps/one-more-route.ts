import { expectAnswers, expectChanges } from "../expect";
import { belongsTo, countsOf } from "../plan";
import type { Step } from "../step";
import type { Layout } from "../subject";

export function oneMoreRoute(more: Layout): Step {
  return {
    name: "one more route: only its objects",
    async run({ subject, program, lab }, say) {
      const existing = routesOf(subject.oneMoreWorker);
      const added = routesOf(more).filter((name) => !existing.includes(name));
      await program.synth(more.file);
      const changes = await program.plan();
      expectChanges(`adding route ${added.join(", ")}`, changes, (change) => {
        return (
          change.actions.join() === "create" &&
          added.some((name) => belongsTo(`route-${name}`, change.address))
        );
      });
      await program.deploySynthesized(more.file, say);
      await expectAnswers(lab, more);
      return countsOf(changes);
    },
  };
}

function routesOf(layout: Layout): string[] {
  return layout.clusters.flatMap((cluster) => cluster.routes);
}
