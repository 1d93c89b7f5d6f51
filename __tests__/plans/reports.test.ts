import { join } from "node:path";
import { expectFile } from "../golden-file";
import { judge } from "../../review/guards";
import { guardNames } from "../../review/guards/violation";
import { text } from "../../review/render/text";
import { review } from "../../review/review";
import { folder, kinds, plansOf } from "./plans";
import { recordings } from "./recordings";

const names = [...kinds.keys()].sort();

test.each(names)("%s is told as its report says", (kind) => {
  expectFile(
    join(folder, `${kind}.txt`),
    text(review(plansOf(kind)), () => undefined),
  );
});

/** refused kinds and the guards that refuse them: they exit 2. Every other kind is ordinary work, and exits 0. */
const refused: Readonly<Record<string, readonly string[]>> = {
  "authority-forgotten": ["keys"],
  "authority-replaced": ["keys"],
  "ingress-address": ["address-behind-edge"],
  "namespace-removed": ["disks"],
  "node-password-replaced": ["keys"],
  "servers-one": ["servers-together", "quorum"],
  "template-under-linked-clones": ["template-in-use"],
  "token-replaced": ["keys"],
  "two-servers-replaced": ["servers-together", "quorum"],
  "version-down": ["version-jump"],
  "version-two-minors": ["version-jump"],
  "worker-moved": ["disks"],
};

test.each(Object.entries(refused))("refuses %s", (kind, guards) => {
  expect(judge(plansOf(kind)).map(({ guard }) => guard)).toEqual(guards);
});

test.each(names.filter((kind) => refused[kind] === undefined))("%s is ordinary work", (kind) => {
  expect(judge(plansOf(kind))).toEqual([]);
});

test("every guard has a plan that it refuses, and every way to make a plan has one that is stored", () => {
  expect(new Set(Object.values(refused).flat())).toEqual(new Set(guardNames));
  expect(recordings.map(({ kind }) => kind).filter((kind) => !kinds.has(kind))).toEqual([]);
});

test("refuses servers that restart together where a gate is not passed again in between", () => {
  const plans = plansOf("server-cores").map((plan) => ({
    ...plan,
    changes: plan.changes.filter(({ name }) => !name.startsWith("server-2_ready_")),
  }));
  expect(judge(plans)).toEqual([
    expect.objectContaining({
      guard: "servers-together",
      found: "server-1, server-2 and server-3 restart one right after the other",
    }),
  ]);
});

test("a reason lets a plan pass, and stands in its report", () => {
  const reviewed = review(plansOf("worker-moved"), { disks: "nothing but cache is on it" });
  expect(reviewed.violations.map(({ accepted }) => accepted)).toEqual(["nothing but cache is on it"]);
  expect(reviewed.headline.guards).toBe("disks (accepted: nothing but cache is on it)");
  expect(reviewed.headline.verdict).not.toMatch("Do not approve");
});
