import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { folder, kinds } from "../plans/plans";
import { slipway } from "./slipway";

const filesOf = (kind: string): string[] => (kinds.get(kind) ?? []).map((file) => join(folder, file));
const running = join(folder, "clusters", "base.ts");

test("a worker more is safe: status 0, and the line of the file that it comes from", () => {
  const { status, stdout } = slipway([
    ...["review", "--plan", ...filesOf("worker-added")],
    ...["--cluster", join(folder, "clusters", "worker-added.ts")],
  ]);
  expect(status).toBe(0);
  expect(stdout.split("\n").slice(0, 5)).toEqual([
    "Safe: worker-3 is made (1 stack changes)",
    "  machines      made: worker-3",
    "  data          nothing is lost",
    "  reachability  nothing that answers now stops",
    "  guards        none tripped",
  ]);
  expect(stdout).toMatch(/worker-3 is made on pve1: .* \(.*worker-added\.ts:3\)/);
});

test("refuses two servers at once with status 2, and says how to override it", () => {
  const files = filesOf("two-servers-replaced");
  expect(slipway(["review", "--plan", ...files]).status).toBe(2);
  const reason = "--allow=servers-together=the lab is built anew";
  expect(slipway(["review", "--plan", ...files, reason]).status).toBe(2);
  const both = slipway(["review", "--plan", ...files, reason, "--allow=quorum=the lab is built anew"]);
  expect(both.status).toBe(0);
  expect(both.stdout).toContain("servers-together (accepted: the lab is built anew)");
});

test("refuses an override without a reason, and one of no guard", () => {
  const files = filesOf("worker-added");
  expect(slipway(["review", "--plan", ...files, "--allow", "quorum="]).stderr).toContain("say why");
  expect(slipway(["review", "--plan", ...files, "--allow", "all=yes"]).stderr).toContain('"all" is no guard');
});

test("refuses a file that is no plan, and says how one is made", () => {
  const scratch = mkdtempSync(join(tmpdir(), "slipway-"));
  const file = join(scratch, "no-plan.json");
  writeFileSync(file, "{}");
  const { status, stderr } = slipway(["review", "--plan", file]);
  rmSync(scratch, { recursive: true });
  expect(status).toBe(1);
  expect(stderr).toContain("is no plan as JSON. Make it by: terraform show -json");
});

test("as Markdown the five lines come first and the raw plan is folded; as JSON it is for machines", () => {
  const files = filesOf("route-added");
  const { stdout } = slipway(["review", "--plan", ...files, "--format", "markdown", "--cluster", running]);
  expect(stdout.split("\n").slice(0, 5).join("\n")).toMatch(
    /^\*\*Safe.*\n- \*\*Machines.*\n- \*\*Data.*\n- \*\*Reach/,
  );
  expect(stdout).toContain("<details><summary>The plan, resource by resource</summary>");
  const report: unknown = JSON.parse(slipway(["review", "--plan", ...files, "--json"]).stdout);
  expect(report).toMatchObject({ ok: true, headline: { machines: "none is touched" }, guards: [] });
});
