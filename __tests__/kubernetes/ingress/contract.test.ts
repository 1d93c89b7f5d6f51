import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Capability, capabilities, engineNames, gapOf } from "../../../config/capabilities";
import type { EngineName } from "../../../config/model/ingress";
import { expectGolden } from "../../golden-file";
import { hasCrd, noCrds, refusalsOf } from "../crds";
import { changesOf, objectsOf } from "./render";
import { scenarios } from "./scenarios";
import { skipped } from "../../skipped";

const cells = Object.keys(capabilities)
  .filter(isCapability)
  .flatMap((capability) => engineNames.map((engine) => [capability, engine] as const));

describe("what the data calls possible, a route gets", () => {
  const possible = cells.filter(([capability, engine]) => gapOf(engine, capability) === undefined);

  test.each(possible)("%s on %s", (capability, engine) => {
    const { with: asking, without, carries, on } = scenarios[capability];
    const changes = changesOf(engine, asking, without);
    expectGolden(goldenOf(capability, engine), changes === "" ? `# ${asItIs}\n` : changes);
    if (capabilities[capability].engines[engine] === asItIs) return;
    expect(changes).not.toBe("");
    for (const text of on?.[engine] ?? carries) expect(changes).toContain(text);
  });

  test("an engine that needs nothing for it renders nothing for it", () => {
    for (const [capability, engine] of possible) {
      if (capabilities[capability].engines[engine] !== asItIs) continue;
      const { with: asking, without } = scenarios[capability];
      expect([capability, engine, changesOf(engine, asking, without)]).toEqual([capability, engine, ""]);
    }
  });
});

test("what the data calls impossible has no golden", () => {
  const gaps = cells.filter(([capability, engine]) => gapOf(engine, capability) !== undefined);
  const rendered = gaps.map(([capability, engine]) => goldenOf(capability, engine));
  expect(rendered.filter((path) => existsSync(join(__dirname, "../../golden", path)))).toEqual([]);
});

if (noCrds === undefined) {
  test.each(cells.filter(([capability, engine]) => gapOf(engine, capability) === undefined))(
    "upstream's CRDs accept the objects of %s on %s",
    (capability, engine) => {
      const objects = objectsOf(engine, scenarios[capability].with);
      expect(objects.filter(hasCrd).flatMap(refusalsOf)).toEqual([]);
      const builtIn = objects.filter((object) => !hasCrd(object)).map(({ kind }) => kind);
      expect(["ConfigMap", "Ingress"]).toEqual(expect.arrayContaining(builtIn));
    },
  );
} else {
  skipped("objects are held against upstream's definitions", noCrds);
}

/** asItIs, what the data says of an engine that does it unasked. */
const asItIs = "as it is";

function goldenOf(capability: Capability, engine: EngineName): string {
  return `ingress/${capability}/${engine.replace("/", "-")}.yaml`;
}

function isCapability(name: string): name is Capability {
  return name in capabilities;
}
