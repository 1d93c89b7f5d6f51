import { askingHeaders } from "../../kubernetes/real/pods/misbehaviour";
import { inWords } from "../answers";
import type { Step } from "../step";
import { StepFailed } from "../step-failed";
import { addressesOf, grown } from "../subject";

/** A visitor does not notice a pod that takes no connection: the request is sent again, to another. */
export const retries: Step = {
  name: "retries: a pod that takes no connection costs no request",
  async run({ subject, lab }) {
    const seen: string[] = [];
    for (const { servers, requests } of grown(subject).clusters) {
      const visitor = lab.visitor(addressesOf(servers));
      const request = requests.find(({ isRetried }) => isRetried);
      if (request === undefined) continue;
      const headers = { ...request.headers, [askingHeaders.refuse]: String(refusingMs) };
      await visitor.visit({ ...request, headers }, 1);
      // One after another: of two at once, both may come to that pod again.
      const { failures } = await visitor.visit(request, times, 1);
      const what = `${inWords(request)}: of ${times} requests, while a pod took no connection, ${failures.length} lost`;
      if (failures.length > 0) throw new StepFailed(what, failures.join("\n"));
      seen.push(what);
    }
    return { add: 0, change: 0, destroy: 0, seen };
  },
};

const times = 40;
/** refusingMs, longer than the requests take and shorter than a readiness probe needs to notice. */
const refusingMs = 2000;
