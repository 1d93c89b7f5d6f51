import fc from "fast-check";
import type { Cluster } from "../../config/model";
import type { RouteRule } from "../../config/model/routes";
import { resolve } from "../../config/resolve";
import { home } from "../clusters/home";

const services = {
  one: { image: "one:1", port: 8080 },
  two: { image: "two:1", port: 8080 },
};

const segment = fc.constantFrom("a", "b", "ab", "a-b", "v1");
const path = fc.array(segment, { maxLength: 3 }).map((segments) => `/${segments.join("/")}`);

/** Paths of one route; a regex cannot be a path of another kind too, so all have their own text. */
const paths = fc
  .uniqueArray(fc.tuple(path, fc.constantFrom("prefix", "exact", "regex"), fc.integer({ min: 0, max: 2 })), {
    minLength: 1,
    maxLength: 8,
    selector: ([text]) => text,
  })
  .map((entries) =>
    entries.map(([text, match, conditions]) => {
      const when = Array.from({ length: conditions }, (_, index) => {
        return { headers: { "x-canary": `${index}` }, to: "two" };
      });
      return [text, { to: "one", match, when }] as const;
    }),
  );

const kinds = ["exact", "regex", "prefix"];

test("rules are tried exact before regex before prefix, longer before shorter, conditions before their path", () => {
  fc.assert(
    fc.property(paths, (entries) => {
      const rules = rulesOf(entries);
      for (const [index, rule] of rules.entries()) {
        const next = rules[index + 1];
        if (next === undefined) continue;
        const [kind, other] = [kinds.indexOf(rule.path.kind), kinds.indexOf(next.path.kind)];
        expect(kind).toBeLessThanOrEqual(other);
        if (kind === other) expect(rule.path.value.length).toBeGreaterThanOrEqual(next.path.value.length);
        if (samePath(rule, next)) expect(rule.condition).toBeDefined();
      }
      expect(rules).toHaveLength(entries.reduce((sum, [, { when }]) => sum + when.length + 1, 0));
    }),
  );
});

test("the order of paths in the file changes no order of rules", () => {
  const shuffled = paths.chain((entries) =>
    fc.tuple(fc.constant(entries), fc.shuffledSubarray(entries, { minLength: entries.length })),
  );
  fc.assert(
    fc.property(shuffled, ([entries, others]) => {
      const told = (rules: readonly RouteRule[]) => rules.map(({ path, condition }) => ({ path, condition }));
      expect(told(rulesOf(others))).toEqual(told(rulesOf(entries)));
    }),
  );
});

test("conditions of a path stay in the order of the file", () => {
  fc.assert(
    fc.property(paths, (entries) => {
      const rules = rulesOf(entries);
      for (const [text, { when }] of entries) {
        const own = rules.filter(({ path: { value } }) => value === text);
        expect(own.map(({ condition }) => condition?.headers[0]?.value)).toEqual([
          ...when.map(({ headers }) => headers["x-canary"]),
          undefined,
        ]);
      }
    }),
  );
});

test("no two rules of a route have one name", () => {
  fc.assert(
    fc.property(paths, (entries) => {
      const names = rulesOf(entries).map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
      for (const name of names) expect(name).toMatch(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/);
    }),
  );
});

test("no two routes have one name, also where hosts differ in a dot only", () => {
  const host = fc.constantFrom("a.com", "a-com.b", "a.com.b", "*.a.com", "any.a.com", "a-com-2", "a.com.2");
  fc.assert(
    fc.property(fc.array(host, { minLength: 1, maxLength: 7 }), (hosts) => {
      const routes = hosts.map((one, index) => ({
        host: one,
        paths: { [`/${index}`]: "one", ...(hosts.indexOf(one) === index ? { "/": "one" } : {}) },
      }));
      const names = resolved({ routes }).routes.map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
      const again = resolved({ routes: [...routes, { host: "a.com", paths: { "/more": "one" } }] });
      expect(again.routes.slice(0, names.length).map(({ name }) => name)).toEqual(names);
    }),
  );
});

function rulesOf(entries: readonly (readonly [string, object])[]): readonly RouteRule[] {
  const routes = [{ host: "main.test.com", paths: Object.fromEntries(entries) }];
  return resolved({ routes }).routes[0]?.rules ?? [];
}

function samePath(a: RouteRule, b: RouteRule): boolean {
  return a.path.kind === b.path.kind && a.path.value === b.path.value;
}

function resolved(literal: object): Cluster {
  const [cluster] = resolve([{ ...home, services, ...literal }]).model.clusters;
  if (cluster === undefined) throw new Error("one literal makes one cluster");
  return cluster;
}
