import { error } from "../../problem";
import type { Problem } from "../../problem";
import type { EdgeDraft } from "./proxies";
import { printed, stepFrom } from "./way";
import type { Location, Step } from "./way";

/**
 * loops: a browser that follows redirections of the proxy and of the routes behind it arrives somewhere. Behind a proxy
 * that ends TLS the ingress is asked in plain HTTP, so that a route that leads to HTTPS leads to itself.
 */
export function loops(draft: EdgeDraft): Problem[] {
  const told = new Set<string>();
  return startsOf(draft).flatMap((start) => {
    const steps = loopFrom(draft, start).filter(({ keys }) => keys !== undefined);
    const [first, ...others] = steps;
    const places = [...new Map(steps.map(({ keys = [] }) => [keys.join("\n"), draft.at(...keys)]))];
    const key = JSON.stringify(places.map(([keys]) => keys).sort());
    const [place, ...more] = places.map(([, each]) => each);
    if (first === undefined || place === undefined || told.has(key)) return [];
    told.add(key);
    return [error("edge/redirect-loop", [place, ...more], wordsOf(first, others))];
  });
}

function wordsOf(first: Step, others: readonly Step[]) {
  const [from, to] = [printed(first.from), printed(first.to)];
  const last = others.at(-1);
  if (from === to) {
    const upgrade = first.to.scheme === "https" ? ": forceTls of edge sends visitors to HTTPS" : "";
    return {
      found: `${from} leads to itself`,
      why: "the proxy has ended TLS by then, so that the same is asked again without end",
      fix: `take the redirect out${upgrade}`,
    };
  }
  return {
    found: `${from} leads to ${to}, and ${last !== undefined && printed(last.to) === from ? "back" : "so on"}`,
    why: "no answer comes, and browsers give up after twenty",
    fix: "let one of them lead to where an answer is",
  };
}

function startsOf({ edge }: EdgeDraft): Location[] {
  const redirections = edge.redirections.flatMap(({ hosts }) => hosts.map((host) => startAt(host, "/")));
  const redirects = edge.hosts.flatMap(({ routes }) =>
    routes.flatMap(({ route: { hosts, rules } }) =>
      rules
        .filter(({ action, path }) => action.kind === "redirect" && path.kind !== "regex")
        .flatMap(({ path }) => hosts.map((host) => startAt(host, path.value))),
    ),
  );
  return [...redirections, ...redirects];
}

function startAt(host: string, path: string): Location {
  return { scheme: "http", host: host.replace("*", "any"), path };
}

/** loopFrom a start: the steps that come again; none = a browser arrives. */
function loopFrom(draft: EdgeDraft, start: Location): Step[] {
  const steps: Step[] = [];
  let location = start;
  while (steps.length < 20) {
    const again = steps.findIndex(({ from }) => printed(from) === printed(location));
    if (again >= 0) return steps.slice(again);
    const step = stepFrom(draft, location);
    if (step === undefined) return [];
    steps.push(step);
    location = step.to;
  }
  return [...new Map(steps.reverse().map((step) => [step.keys, step])).values()].reverse();
}
