import { answeredBy, sendVisitor, summary, type Visit } from "../../../lab/boot/failover/visitor";

const visits: readonly Visit[] = [
  { at: 0, server: "server-1" },
  { at: 1, server: "server-2" },
  { at: 2 },
  { at: 3 },
  { at: 4.5, server: "server-1" },
  { at: 5, server: "server-1" },
];

test("requests without an answer are counted, and how long there was none", () => {
  expect(summary(visits, 1)).toBe("5 requests, 2 without an answer, none for 2.5 s");
  expect(summary(visits, 4)).toBe("2 requests, 0 without an answer");
});

test("only the last requests tell who answers now", () => {
  expect(answeredBy(visits, ["server-1"], 2)).toBe(true);
  expect(answeredBy(visits, ["server-1"], 3)).toBe(false);
  expect(answeredBy(visits, ["server-1", "server-2"], 2)).toBe(false);
});

test("refuses to judge by fewer requests than asked for", () => {
  expect(answeredBy(visits.slice(-2), ["server-1"], 3)).toBe(false);
});

test("a visitor goes on after a request that nobody answered", async () => {
  const answers = [() => Promise.reject(new Error("refused")), () => Promise.resolve({ server: "server-2" })];
  const visitor = sendVisitor(() => (answers.shift() ?? (() => new Promise<never>(() => undefined)))());
  expect(await visitor.until((seen) => seen.length === 2, 30)).toBe(true);
  expect(visitor.visits.map(({ server }) => server)).toEqual([undefined, "server-2"]);
});
