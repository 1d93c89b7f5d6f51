import type { Tally } from "../kubernetes/visitor";
import type { ExpectedAnswer, ExpectedRequest } from "./subject";

/** timesFor a request: often enough to count shares where several services answer, once where it may not be often. */
export function timesFor({ answer, isLimited }: ExpectedRequest): number {
  if (isLimited) return 1;
  return answer.kind === "services" && Object.keys(answer.shares).length > 1 ? counted : 10;
}

/** counted, how many requests show shares; they may be off by three in a hundred. */
const counted = 1000;

/** complaintAbout a tally; undefined when it is what was expected. */
export function complaintAbout(request: ExpectedRequest, tally: Tally, times: number): string | undefined {
  const asked = inWords(request);
  const [failure] = tally.failures;
  if (request.answer.kind === "nobody") {
    return tally.by.size === 0
      ? undefined
      : `${asked}: answered by ${answerersOf(tally)}; no rule has that path`;
  }
  if (failure !== undefined) return `${asked}: ${failure}`;
  const expected = sharesOf(request.answer);
  const strangers = [...tally.by.keys()].filter((answerer) => !expected.has(answerer));
  const isCounted = expected.size === 1 || times >= counted;
  const wrong = [...expected].filter(([answerer, percent]) => {
    return isCounted && Math.abs((tally.by.get(answerer) ?? 0) - (times * percent) / 100) > times * 0.03;
  });
  if (strangers.length === 0 && wrong.length === 0) return undefined;
  const wanted = [...expected].map(([answerer, percent]) => `${answerer} to ${percent} %`).join(", ");
  return `${asked}: of ${times} requests ${answerersOf(tally) || "none was answered"}; expected ${wanted}`;
}

/** tallyInWords, for a reader of the report. */
export function tallyInWords(request: ExpectedRequest, tally: Tally, times: number): string {
  const asked = times === 1 ? inWords(request) : `${inWords(request)}, ${times} times`;
  return `${asked}: ${answerersOf(tally) || "nobody, as it should be"}`;
}

/** inWords, a request as an operator would write it down. */
export function inWords({ method, url, headers }: ExpectedRequest): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return `${method} ${url}${lines.length === 0 ? "" : ` with ${lines.join(", ")}`}`;
}

function answerersOf({ by }: Tally): string {
  return [...by].map(([answerer, number]) => `${answerer} ${number} times`).join(", ");
}

function sharesOf(answer: Exclude<ExpectedAnswer, { kind: "nobody" }>): Map<string, number> {
  if (answer.kind === "redirect") return new Map([[`redirect ${answer.status}`, 100]]);
  if (answer.kind === "outside") return new Map([[`outside ${answer.host}`, 100]]);
  return new Map(Object.entries(answer.shares).map(([service, percent]) => [`service ${service}`, percent]));
}
