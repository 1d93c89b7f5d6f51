import { selectedBy } from "../../kubernetes/selected-by";
import type { Lab } from "../..";
import { expectAnswers, expectChanges } from "../expect";
import { belongsTo, countsOf } from "../plan";
import type { Step } from "../step";
import { StepFailed } from "../step-failed";
import { addressesOf, type LaidOutCluster, type NewVersion, type Subject } from "../subject";
import { until } from "../until";
import { visitWhile } from "../visit-while";

/** Every pod of some services is replaced while visitors keep asking. */
export function newVersion(version: NewVersion): Step {
  const { file, clusters, services } = version;
  return {
    name: "new version of services: not one request lost",
    async run({ subject, program, lab }, say) {
      await program.synth(file);
      const changes = await program.plan();
      expectChanges(`a new version of ${services.join(", ")}`, changes, ({ actions, address }) => {
        return actions.join() === "update" && services.some((name) => belongsTo(`service-${name}`, address));
      });
      const before = await podsOf(lab, clusters, services);
      const { answered, failures } = await visitWhile(lab, clusters, timesIn(subject), async () => {
        await program.deploySynthesized(file, say);
        await until(async () => !meet(await podsOf(lab, clusters, services), before));
      });
      const left = [...(await podsOf(lab, clusters, services))].filter((pod) => before.has(pod));
      if (left.length > 0)
        throw new StepFailed(`pods of before the new version are still there: ${left.join(", ")}`);
      const what = `of ${answered + failures.length} requests, while ${before.size} pods were replaced, ${failures.length} lost`;
      if (failures.length > 0 || answered === 0) throw new StepFailed(what, failures.join("\n"));
      const seen = await expectAnswers(lab, version);
      return { ...countsOf(changes), seen: [what, ...seen] };
    },
  };
}

/** timesIn one visit: a real one looks the address up first, a followed one is the same each time. */
function timesIn({ kubernetes }: Subject): number {
  return kubernetes === "real" ? 100 : 1;
}

const meet = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean =>
  [...one].some((name) => other.has(name));

/** podsOf these services by name, until the last of them has ended. */
async function podsOf(
  lab: Lab,
  clusters: readonly LaidOutCluster[],
  services: readonly string[],
): Promise<Set<string>> {
  const each = await Promise.all(
    clusters.map(async ({ servers }) => {
      const objects = await lab.cluster(addressesOf(servers)).objects();
      const ofKind = (wanted: string) => objects.filter(({ kind }) => kind === wanted);
      const wanted = ofKind("Service").filter(({ metadata }) => services.includes(metadata.name));
      const pods = ofKind("Pod").filter((pod) => selectedBy(pod, wanted).length > 0);
      return pods.map(({ metadata }) => metadata.name);
    }),
  );
  return new Set(each.flat());
}
