import fc from "fast-check";
import type { Route, RouteRule } from "../../../config/model/routes";
import { ingressNginx } from "../../../kubernetes/ingress/ingress-nginx";
import { rulesOf } from "../../../kubernetes/ingress/same-host";
import { clusterOf, exact, prefix, regex, route } from "./istio-and-nginx";

const segment = fc.constantFrom("a", "b", "A", "a.b");
const path = fc.array(segment, { maxLength: 3 }).map((segments) => `/${segments.join("/")}`);
const rule = fc.oneof(
  path.map((value) => prefix(value)),
  path.map((value) => exact(value)),
  fc.constantFrom("/a|/b/.*", "/[ab]+", "/.*\\.b").map((value) => regex(value)),
  path.map((value) => prefix(value, { rewrite: { kind: "prefix", value: "/new" } })),
);
const rules = fc.uniqueArray(rule, {
  minLength: 1,
  maxLength: 6,
  selector: ({ path: { kind, value } }) => `${kind} ${value}`,
});

test("where a host is matched by expressions, every request meets the rule that the model tries first", () => {
  fc.assert(
    fc.property(rules, rules, fc.array(path, { minLength: 5, maxLength: 20 }), (some, more, asked) => {
      const first = ordered(route(["a.com"], named("one", [...some, regex("/always")])));
      const taken = new Set(first.rules.map(({ path: { kind, value } }) => `${kind} ${value}`));
      const second = ordered(
        route(
          ["a.com"],
          named("two", more).filter(({ path: { kind, value } }) => !taken.has(`${kind} ${value}`)),
          "a-com-2",
        ),
      );
      const tried = rulesOf([first, second]);
      const found = asked.map((url) => [url, answering([first, second], url)]);
      const meant = asked.map((url) => {
        const match = tried.find(({ rule: { path: match } }) => takes(match, url));
        return [url, match && `${match.route.name}--${match.rule.name}`];
      });
      expect(found).toEqual(meant);
    }),
    { numRuns: 200 },
  );
});

/** answering, as nginx finds it: locations sorted by the length of their text, the first that matches. */
function answering(routes: readonly Route[], url: string): string | undefined {
  const cluster = clusterOf(routes);
  return routes
    .flatMap((one) => ingressNginx.route(cluster, one))
    .map((object) => {
      const [, text = ""] = /"path":("(?:[^"\\]|\\.)*")/.exec(JSON.stringify(object)) ?? [];
      return { name: object.metadata.name, text: String(JSON.parse(text)) };
    })
    .toSorted((a, b) => b.text.length - a.text.length)
    .find(({ text }) => new RegExp(`^${text.replace("(?-i)", "")}`).test(url))?.name;
}

function takes({ kind, value }: RouteRule["path"], url: string): boolean {
  if (kind === "exact") return url === value;
  if (kind === "regex") return new RegExp(`^(?:${value})$`).test(url);
  return value === "/" || url === value || url.startsWith(`${value}/`);
}

function named(word: string, written: readonly RouteRule[]): readonly RouteRule[] {
  return written.map((one, index) => ({ ...one, name: `${word}-${index}` }));
}

function ordered(one: Route): Route {
  return { ...one, rules: rulesOf([one]).map(({ rule: inOrder }) => inOrder) };
}
