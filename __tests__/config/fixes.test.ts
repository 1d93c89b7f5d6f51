import { readdirSync } from "node:fs";
import { join } from "node:path";
import { ClusterProblems } from "../../config/problem";
import type { Problem } from "../../config/problem";
import { resolve } from "../../config/resolve";
import { valueAt, withValue } from "../../config/schema/shape";
import { loadClusterFile } from "../../load-cluster";

const folder = join(__dirname, "../clusters/invalid");
const unreadable = ["empty-list.ts", "no-default-export.ts", "stops-while-it-runs.ts"];

/** Each fix that names a field and a value is done as it says; the problem must be gone, and no other come. */
const fixes = readdirSync(folder)
  .filter((file) => file.endsWith(".ts") && !unreadable.includes(file))
  .flatMap((file) => {
    const { clusters } = loadClusterFile(join(folder, file));
    return problemsOf(clusters).flatMap((problem) => {
      const edit = editOf(clusters, problem);
      return edit === undefined ? [] : [{ name: `${file}: ${problem.fix}`, clusters, problem, edit }];
    });
  });

test("most mistakes have a fix that can be done word by word", () => {
  expect(fixes.length).toBeGreaterThan(100);
});

test.each(fixes)("$name", ({ clusters, problem, edit }) => {
  const sense = ({ code, places }: Problem) =>
    `${code} at ${places[0].keys.join(".")} of ${places[0].cluster}`;
  const before = problemsOf(clusters).map(sense);
  const after = problemsOf(
    clusters.map((literal, cluster) => (cluster === edit.cluster ? edit.of(literal) : literal)),
  ).map(sense);
  expect(after).not.toContain(sense(problem));
  expect(
    after.filter((one) => !before.includes(one) && !one.startsWith("machines/cores-overcommitted")),
  ).toEqual([]);
});

interface Edit {
  readonly cluster: number;
  readonly of: (literal: unknown) => unknown;
}

function editOf(clusters: readonly unknown[], { code, fix, places: [place] }: Problem): Edit | undefined {
  const { cluster, keys } = place;
  const last = keys.at(-1) ?? "";
  const out = (literal: unknown) => withValue(literal, keys, undefined);
  if (/^take it out($|;|, and set )/.test(fix) && code !== "accept/not-waivable") return { cluster, of: out };
  const [, holder] = /^move it to ([\w.]+)(?:$|,)/.exec(fix) ?? [];
  if (holder !== undefined) {
    const to = [...holder.split("."), last];
    return { cluster, of: (literal) => withValue(out(literal), to, valueAt(literal, keys)) };
  }
  const [, other] = /^call it "([^"]+)"/.exec(fix) ?? [];
  if (other !== undefined && code.startsWith("rke2/") && keys.length > 2) {
    const to = [...keys.slice(0, -1), other];
    return { cluster, of: (literal) => withValue(out(literal), to, valueAt(literal, keys)) };
  }
  const [, path, whose, value] =
    /^set ([\w.-]+)(?: of ([\w-]+))? to ("[^"]*"|[\d.]+|true|false)/.exec(fix) ?? [];
  if (path !== undefined && value !== undefined) {
    const named = clusters.findIndex((one) => nameOf(one) === whose);
    return {
      cluster: whose === undefined ? cluster : named,
      of: (literal) => withValue(literal, path.split("."), JSON.parse(value)),
    };
  }
  if (code === "schema/unknown-field") return undefined;
  const [, meant] = /^(?:write|did you mean) ("[^"]*")(?:\?|;|$)/.exec(fix) ?? [];
  if (meant === undefined || ["on", "taints", "dns", "except"].includes(last) || last.includes("/"))
    return undefined;
  if (keys.length === 1 && last !== "name") return undefined;
  return { cluster, of: (literal) => withValue(literal, keys, JSON.parse(meant)) };
}

function nameOf(literal: unknown): unknown {
  return typeof literal === "object" && literal !== null && "name" in literal ? literal.name : undefined;
}

function problemsOf(literals: readonly unknown[]): readonly Problem[] {
  try {
    return resolve(literals).warnings;
  } catch (error) {
    if (error instanceof ClusterProblems) return error.problems;
    throw error;
  }
}
