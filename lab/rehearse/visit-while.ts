import type { Lab } from "..";
import type { Tally } from "../kubernetes/visitor";
import { inWords } from "./answers";
import { addressesOf, type ExpectedRequest, type LaidOutCluster } from "./subject";

export interface Visits {
  readonly answered: number;
  /** failures in words, each request's that nobody answered. */
  readonly failures: readonly string[];
}

/**
 * visitWhile something is done: visitors ask for all that services answer, again and again, from before until after;
 * each request so many times in one visit.
 */
export async function visitWhile(
  lab: Pick<Lab, "visitor">,
  clusters: readonly LaidOutCluster[],
  times: number,
  work: () => Promise<void>,
): Promise<Visits> {
  const failures: string[] = [];
  let answered = 0;
  let isOver = false;
  const count = (request: ExpectedRequest, tally: Tally): void => {
    answered += [...tally.by.values()].reduce((sum, number) => sum + number, 0);
    failures.push(...tally.failures.map((failure) => `${inWords(request)}: ${failure}`));
  };
  const askInTurn = async ({ servers, requests }: LaidOutCluster): Promise<void> => {
    while (!isOver) {
      for (const request of requests.filter(isForServices)) {
        count(request, await lab.visitor(addressesOf(servers)).visit(request, times, 1));
      }
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  };
  const working = work().finally(() => {
    isOver = true;
  });
  // One visitor looks the cluster's address up while another asks.
  await Promise.all([working, ...[...clusters, ...clusters, ...clusters].map(askInTurn)]);
  return { answered, failures };
}

const pauseMs = 50;

function isForServices({ answer, isLimited }: ExpectedRequest): boolean {
  return answer.kind === "services" && !isLimited;
}
