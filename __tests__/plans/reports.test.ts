import { join } from "node:path";
import { expectFile } from "../golden-file";
import { judge } from "../../review/guards";
import { text } from "../../review/render/text";
import { review } from "../../review/review";
import { folder, kinds, plansOf } from "./plans";

const names = [...kinds.keys()].sort();

test.each(names)("%s is told as its report says", (kind) => {
  expectFile(
    join(folder, `${kind}.txt`),
    text(review(plansOf(kind)), () => undefined),
  );
});

/** harmful kinds and the guards that they trip; every other kind is ordinary work. */
const harmful: Readonly<Record<string, readonly string[]>> = {
  "ingress-address": ["address-behind-edge"],
  "servers-one": ["servers-together", "quorum"],
  "two-servers-replaced": ["servers-together", "quorum"],
  "worker-moved": ["disks"],
};

test.each(Object.entries(harmful))("refuses %s", (kind, guards) => {
  expect(judge(plansOf(kind)).map(({ guard }) => guard)).toEqual(guards);
});

test.each(names.filter((kind) => harmful[kind] === undefined))("%s is ordinary work", (kind) => {
  expect(judge(plansOf(kind))).toEqual([]);
});

test("refuses servers that restart together where a gate is not passed again in between", () => {
  const plans = plansOf("server-cores").map((plan) => ({
    ...plan,
    changes: plan.changes.filter(({ name }) => !name.startsWith("server-2_ready_")),
  }));
  expect(judge(plans)).toEqual([
    expect.objectContaining({
      guard: "servers-together",
      found: "server-1 and server-2 and server-3 restart one right after the other",
    }),
  ]);
});

test("a reason lets a plan pass, and stands in its report", () => {
  const reviewed = review(plansOf("worker-moved"), { disks: "nothing but cache is on it" });
  expect(reviewed.violations.map(({ accepted }) => accepted)).toEqual(["nothing but cache is on it"]);
  expect(reviewed.headline.guards).toBe("disks (accepted: nothing but cache is on it)");
  expect(reviewed.headline.verdict).not.toMatch("Do not approve");
});
