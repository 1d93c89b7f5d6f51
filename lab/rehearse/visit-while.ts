import type { Lab } from "..";
import { inWords } from "./answers";
import { addressesOf, type ExpectedRequest, type LaidOutCluster } from "./subject";

export interface Visits {
  readonly answered: number;
  /** failures in words, each request's that nobody answered. */
  readonly failures: readonly string[];
}

/** visitWhile something is done: visitors ask for all that services answer, again and again, from before until after. */
export async function visitWhile(
  lab: Pick<Lab, "visitor">,
  clusters: readonly LaidOutCluster[],
  work: () => Promise<void>,
): Promise<Visits> {
  const failures: string[] = [];
  let answered = 0;
  let isOver = false;
  const visitAll = async (): Promise<void> => {
    for (const { servers, requests } of clusters) {
      const visitor = lab.visitor(addressesOf(servers));
      for (const request of requests.filter(isForServices)) {
        const tally = await visitor.visit(request, perRound, atOnce);
        answered += [...tally.by.values()].reduce((sum, number) => sum + number, 0);
        failures.push(...tally.failures.map((failure) => `${inWords(request)}: ${failure}`));
      }
    }
  };
  const visitUntilOver = async (): Promise<void> => {
    do {
      await visitAll();
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    } while (!isOver);
  };
  const done = work().finally(() => {
    isOver = true;
  });
  await Promise.all([done, visitUntilOver()]);
  return { answered, failures };
}

const perRound = 20;
const atOnce = 4;
const pauseMs = 50;

function isForServices({ answer, isLimited }: ExpectedRequest): boolean {
  return answer.kind === "services" && !isLimited;
}
