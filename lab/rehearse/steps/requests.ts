import type { Lab } from "../..";
import { complaintAbout, inWords, timesFor } from "../answers";
import { breakablesOf, isAloneInFront } from "../breakable";
import { expectAnswers } from "../expect";
import type { Step } from "../step";
import { StepFailed } from "../step-failed";
import { addressesOf, type ExpectedRequest, grown, type LaidOutCluster } from "../subject";
import { until } from "../until";

/** Every request is answered; and none is, once any object on its way is missing. */
export const requests: Step = {
  name: "requests: answered, and by these objects alone",
  async run({ subject, lab }, say) {
    const layout = grown(subject);
    await expectAnswers(lab, layout);
    const broken: string[] = [];
    for (const cluster of layout.clusters) {
      const { requests: all } = cluster;
      const asked = all.find((request) => isAloneInFront(lab, request)) ?? all[0];
      if (asked === undefined) continue;
      const names = await breakEachHop(lab, cluster, asked, say);
      broken.push(`${inWords(asked)}: not without any one of ${names.join(", ")}`);
    }
    const seen = await expectAnswers(lab, layout);
    return { add: 0, change: 0, destroy: 0, seen: [...seen, ...broken] };
  },
};

async function breakEachHop(
  lab: Lab,
  cluster: LaidOutCluster,
  request: ExpectedRequest,
  say: (line: string) => void,
): Promise<string[]> {
  const breakables = await breakablesOf(lab, cluster, request);
  if (breakables.length === 0) throw new StepFailed(`${request.url} is answered, and no object makes it so`);
  const isAnswered = async (): Promise<boolean> => {
    const times = timesFor(request);
    const tally = await lab.visitor(addressesOf(cluster.servers)).visit(request, times);
    return complaintAbout(request, tally, times) === undefined;
  };
  for (const breakable of breakables) {
    const { name } = breakable;
    say(`without ${name}`);
    const restore = await breakable.remove();
    const missed = await until(async () => !(await isAnswered()));
    await restore();
    if (!missed) throw new StepFailed(`${request.url} is answered without ${name}, which trace lists`);
    if (!(await until(isAnswered)))
      throw new StepFailed(`${request.url} is not answered again with ${name} restored`);
  }
  return breakables.map(({ name }) => name);
}
