import { expectAnswers, expectChanges } from "../expect";
import { belongsTo, type Change, countsOf } from "../plan";
import type { Step } from "../step";
import { StepFailed } from "../step-failed";
import type { Layout } from "../subject";

/** One route more plans its own objects and, where the proxy in front leads to it, one host there. */
export function oneMoreRoute(more: Layout): Step {
  return {
    name: "one more route: only its objects",
    async run({ subject, program, lab }, say) {
      const routes = added(subject.oneMoreWorker, more, "routes").map((name) => `route-${name}`);
      const hosts = added(subject.oneMoreWorker, more, "hostsInFront");
      await program.synth(more.file);
      const changes = await program.plan();
      const isInFront = ({ address }: Change): boolean =>
        hosts.some((name) => address === `nginxproxymanager_proxy_host.${name}`);
      expectChanges(`adding ${routes.join(", ")}`, changes, (change) => {
        const isOfRoute = routes.some((name) => belongsTo(name, change.address));
        return change.actions.join() === "create" && (isOfRoute || isInFront(change));
      });
      const made = changes.filter(isInFront).length;
      if (made !== hosts.length)
        throw new StepFailed(`${made} hosts are made in the proxy in front, not ${hosts.length}`);
      await program.deploySynthesized(more.file, say);
      await expectAnswers(lab, more);
      return countsOf(changes);
    },
  };
}

/** added names, which the layout before did not have. */
function added(before: Layout, after: Layout, field: "routes" | "hostsInFront"): string[] {
  const namesOf = ({ clusters }: Layout): string[] => clusters.flatMap((cluster) => cluster[field]);
  const existing = namesOf(before);
  return namesOf(after).filter((name) => !existing.includes(name));
}
