import { capabilities, type Capability, enginesThatCan, engineNames, gapOf } from "../../config/capabilities";
import { ClusterProblems, renderProblems } from "../../config/problem";
import { resolve } from "../../config/resolve";
import { asking } from "../clusters/asking";
import { expectGolden } from "../golden-file";

const names = Object.keys(capabilities).filter((name): name is Capability => name in capabilities);

const cells = names.flatMap((capability) => engineNames.map((engine) => ({ capability, engine })));
const gaps = cells.filter(({ capability, engine }) => gapOf(engine, capability) !== undefined);
const able = cells.filter(({ capability, engine }) => gapOf(engine, capability) === undefined);

describe("every gap of an engine", () => {
  test.each(gaps)(
    "refuses $capability from $engine, naming the engines that can",
    ({ capability, engine }) => {
      const told = toldOf(capability, engine);
      for (const other of enginesThatCan(capability)) expect(told).toContain(other);
      expectGolden(`gaps/${engine.replace("/", "-")}/${capability}.txt`, told);
    },
  );
});

describe("everything that an engine can do", () => {
  test.each(able)("$engine takes $capability", ({ capability, engine }) => {
    expect(problemsOf(capability, engine).filter(({ severity }) => severity === "error")).toEqual([]);
  });
});

function problemsOf(capability: Capability, engine: string) {
  const [controller, carriedBy] = engine.split("/");
  const cluster: { ingress?: object } = asking[capability];
  const ingress = { ...cluster.ingress, controller, ...(carriedBy === undefined ? {} : { carriedBy }) };
  try {
    return resolve([{ ...cluster, ingress }]).warnings;
  } catch (error) {
    if (error instanceof ClusterProblems) return error.problems;
    throw error;
  }
}

function toldOf(capability: Capability, engine: string): string {
  const problems = problemsOf(capability, engine).filter(({ severity }) => severity === "error");
  return renderProblems("cluster.ts", problems);
}
