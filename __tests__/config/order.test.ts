import { ClusterProblems } from "../../config/problem";
import { resolve } from "../../config/resolve";
import { siteOn } from "../clusters/asking";

const host = "main.test.com";
const posts = { methods: ["POST"], to: "next" };
const header = (name: string) => ({ headers: { [name]: "yes" }, to: "next" });

describe("HTTPRoutes of Traefik", () => {
  test("take a path that is ten characters longer before a shorter one with a method", () => {
    const api = { to: "hello", when: [posts] };
    expect(codesOf("traefik", { "/api/v1/order": "hello", "/api": api })).toEqual(["routes/order-differs"]);
    expect(codesOf("traefik", { "/api/v1/orders": "hello", "/api": api })).toEqual([]);
  });

  test("take an exact path before everything that says more", () => {
    const shorter = { to: "hello", when: [{ ...posts, headers: { a: "1", b: "2", c: "3" } }] };
    expect(codesOf("traefik", { "/api/x": { to: "hello", match: "exact" }, "/api": shorter })).toEqual([]);
  });

  test("keep conditions that exclude each other, in whatever order", () => {
    const gets = { methods: ["GET"], headers: { "x-beta": "yes" }, to: "next" };
    expect(codesOf("traefik", { "/": { to: "hello", when: [posts, gets] } })).toEqual([]);
  });

  test("refuses equal conditions past the sixteen that one HTTPRoute holds", () => {
    const when = (count: number) => Array.from({ length: count }, (_, index) => header(`x-${index}`));
    expect(codesOf("traefik", { "/": { to: "hello", when: when(16) } })).toEqual([]);
    expect(codesOf("traefik", { "/": { to: "hello", when: when(17) } })).toEqual(["routes/order-differs"]);
  });
});

test("HTTPRoutes of Istio take the longer path first, whatever the shorter one's condition", () => {
  expect(codesOf("istio", { "/api/orders": "hello", "/api": { to: "hello", when: [posts] } })).toEqual([]);
  const when = [{ ...header("x-a"), query: { b: "1" } }, header("x-b")];
  expect(codesOf("istio", { "/": { to: "hello", when } })).toEqual([]);
  expect(codesOf("istio", { "/": { to: "hello", when: when.toReversed() } })).toEqual([
    "routes/order-differs",
  ]);
});

function codesOf(carriedBy: string, paths: object): string[] {
  try {
    resolve([{ ...siteOn("gateway-api", carriedBy), routes: [{ host, paths }] }]);
    return [];
  } catch (error) {
    if (error instanceof ClusterProblems)
      return error.problems.filter(({ severity }) => severity === "error").map(({ code }) => code);
    throw error;
  }
}
