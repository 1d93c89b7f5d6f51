import { branches } from "../../../cli/boot/branches";
import { judgeBranch } from "../../../lab/boot/bootstrap/branches";
import type { Branch } from "../../../lab/boot/subject";

const branch: Branch = {
  name: "an API that is not ready",
  files: {},
  peers: [],
  runs: [
    { status: 1, says: "waiting for one" },
    { status: 0, says: "joins through" },
  ],
  join: "192.168.0.22",
};

const outcome = {
  name: branch.name,
  runs: [
    { status: 1, words: "no API server is ready: waiting for one\n", asked: 1 },
    { status: 0, words: "server-1 joins through 192.168.0.22\n", asked: 1 },
  ],
  join: "server: https://192.168.0.22:9345\n",
};

test("a branch holds when each run ends and says what it has to", () => {
  expect(judgeBranch(branch, outcome)).toMatchObject({ ok: true, seen: "waiting for one; joins through" });
});

test.each([
  [
    "ends otherwise",
    { ...outcome, runs: [{ status: 0, words: "waiting for one", asked: 1 }, outcome.runs[1]] },
  ],
  [
    "says something else",
    { ...outcome, runs: [outcome.runs[0], { status: 0, words: "begins the cluster", asked: 1 }] },
  ],
  ["joins somebody else", { ...outcome, join: "server: https://192.168.0.23:9345\n" }],
  ["joins nobody", { ...outcome, join: null }],
])("refuses a branch that %s", (_, found) => {
  const runs = found.runs.flatMap((run) => (run === undefined ? [] : [run]));
  expect(judgeBranch(branch, { ...found, runs })).toMatchObject({ ok: false });
});

test("refuses a branch that was not run", () => {
  expect(judgeBranch(branch, undefined)).toMatchObject({ ok: false, seen: "it was not run" });
});

test("no two branches meet the same address, so that all can be run at once", async () => {
  const addresses = (await branches()).map(({ files }) => {
    const settings = Object.entries(files).find(([path]) => path.endsWith("bootstrap.env"))?.[1] ?? "";
    return settings.match(/192\.168\.0\.\d+/g) ?? [];
  });
  const sets = addresses.map((each) => new Set(each));
  expect(sets.every((set) => set.size === 4)).toBe(true);
  expect(new Set(sets.flatMap((set) => [...set])).size).toBe(4 * sets.length);
});
