import { existsSync } from "node:fs";
import { join } from "node:path";
import { readCrds } from "../../../lab/charts";
import { minimalCrds } from "../../../lab/charts/minimal-crds";
import type { KubernetesObjectLike } from "../../../lab/kubernetes/contract";
import { at, listAt, textAt } from "../../../lab/kubernetes/json";
import { referenceData } from "../../reference-data";
import { skipped } from "../../skipped";

const bundles = [
  "metallb",
  "traefik",
  "gateway-api",
  "cert-manager",
  "istio",
  "system-upgrade-controller",
] as const;
const folder = join(referenceData, "crds");

describe("custom resources", () => {
  it("are minimal where no folder is given, and it is said for which charts", () => {
    expect(readCrds().minimal).toEqual(bundles);
    expect(Object.keys(minimalCrds).filter((bundle) => bundle !== "longhorn")).toEqual(bundles);
  });

  const claim = "are the published ones where a folder has them";
  if (!existsSync(folder)) {
    skipped(claim, "no reference data; SLIPWAY_REFERENCE_DATA names its folder");
    return;
  }

  it(claim, () => {
    const published = readCrds(folder);

    expect(published.minimal).toEqual([]);
    for (const bundle of bundles)
      for (const crd of published.of(bundle))
        expect(at(crd, "spec", "versions", 0, "schema", "openAPIV3Schema", "properties")).toBeDefined();
  });

  it.each(bundles)("are, where they are minimal, those of %s in name, kind, scope and versions", (bundle) => {
    expect(readCrds().of(bundle).map(essence)).toEqual(readCrds(folder).of(bundle).map(essence));
  });
});

function essence(crd: KubernetesObjectLike) {
  const served = listAt(crd, "spec", "versions").filter((version) => at(version, "served") === true);
  return {
    name: crd.metadata.name,
    kind: textAt(crd, "spec", "names", "kind"),
    plural: textAt(crd, "spec", "names", "plural"),
    scope: textAt(crd, "spec", "scope"),
    versions: served
      .map((version) => ({
        name: textAt(version, "name"),
        stored: at(version, "storage"),
        status: at(version, "subresources", "status") !== undefined,
      }))
      .sort((a, b) => ((a.name ?? "") < (b.name ?? "") ? -1 : 1)),
  };
}
