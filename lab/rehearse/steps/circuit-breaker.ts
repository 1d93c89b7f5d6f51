import { askingHeaders } from "../../kubernetes/real/pods/misbehaviour";
import type { Visitor } from "../../kubernetes/visitor";
import { inWords } from "../answers";
import type { Step } from "../step";
import { StepFailed } from "../step-failed";
import { addressesOf, type ExpectedRequest, grown } from "../subject";
import { until } from "../until";

/** Pods that fail again and again get no requests for a while; when all of them rest, the ingress says so itself. */
export const circuitBreaker: Step = {
  name: "circuit breaker: pods that fail rest, and come back",
  async run({ subject, lab }) {
    const seen: string[] = [];
    for (const { servers, requests } of grown(subject).clusters) {
      const request = requests.find(({ breaker }) => breaker !== undefined);
      if (request?.breaker === undefined) continue;
      seen.push(await breakAll(lab.visitor(addressesOf(servers)), request, request.breaker));
    }
    return { add: 0, change: 0, destroy: 0, seen };
  },
};

async function breakAll(
  visitor: Visitor,
  request: ExpectedRequest,
  { failures, pauseSeconds }: NonNullable<ExpectedRequest["breaker"]>,
): Promise<string> {
  const headers = { ...request.headers, [askingHeaders.status]: "500" };
  const refusal = async (): Promise<string | undefined> => (await visitor.visit(request, 1)).failures[0];
  let refused: string | undefined;
  const rests = await until(async () => {
    await visitor.visit({ ...request, headers }, failures * podsAtMost);
    refused = await refusal();
    return refused !== undefined;
  });
  const asked = inWords(request);
  if (!rests)
    throw new StepFailed(`${asked}: pods that failed ${failures} times in a row still get requests`);
  const begun = performance.now();
  if (!(await until(async () => (await refusal()) === undefined, pauseSeconds + 60))) {
    throw new StepFailed(`${asked}: not answered again ${pauseSeconds} s after its pods failed`);
  }
  const seconds = Math.round((performance.now() - begun) / 1000);
  return `${asked}: ${refused?.trim()} when each pod had failed ${failures} times; answered again after ${seconds} s`;
}

/** podsAtMost that one round of failures reaches each so often that it rests; more need more rounds. */
const podsAtMost = 40;
