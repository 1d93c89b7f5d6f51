import type { Tally } from "../kubernetes/visitor";
import type { ExpectedAnswer, ExpectedRequest } from "./subject";

/** timesFor a request: often enough to count shares where several services answer. */
export function timesFor({ answer }: ExpectedRequest): number {
  return answer.kind === "services" && Object.keys(answer.shares).length > 1 ? 1000 : 10;
}

/** complaintAbout a tally; undefined when it is what was expected. Shares may be off by three in a hundred. */
export function complaintAbout(request: ExpectedRequest, tally: Tally, times: number): string | undefined {
  const [failure] = tally.failures;
  if (failure !== undefined) return `${request.method} ${request.url}: ${failure}`;
  const expected = sharesOf(request.answer);
  const strangers = [...tally.by.keys()].filter((answerer) => !expected.has(answerer));
  const wrong = [...expected].filter(([answerer, percent]) => {
    return Math.abs((tally.by.get(answerer) ?? 0) - (times * percent) / 100) > times * 0.03;
  });
  if (strangers.length === 0 && wrong.length === 0) return undefined;
  const answered = [...tally.by].map(([answerer, number]) => `${answerer} ${number} times`).join(", ");
  const wanted = [...expected].map(([answerer, percent]) => `${answerer} to ${percent} %`).join(", ");
  return `${request.method} ${request.url}: of ${times} requests ${answered || "none was answered"}; expected ${wanted}`;
}

function sharesOf(answer: ExpectedAnswer): Map<string, number> {
  if (answer.kind === "redirect") return new Map([[`redirect ${answer.status}`, 100]]);
  if (answer.kind === "outside") return new Map([[`outside ${answer.host}`, 100]]);
  return new Map(Object.entries(answer.shares).map(([service, percent]) => [`service ${service}`, percent]));
}
