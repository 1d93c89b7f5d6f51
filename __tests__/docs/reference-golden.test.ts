import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { ClusterProblems, type Problem } from "../../config/problem";
import { resolve } from "../../config/resolve";
import { clusterSchema } from "../../config/schema";
import { clusterPage } from "../../docs/generate/cluster/page";
import { toldIn } from "../../docs/generate/cluster/problems";
import { referenceOf } from "../../docs/generate/cluster/reference";
import { storedReference } from "../../docs/generate/cluster/stored";
import { loadClusterFile } from "../../load-cluster";
import type { Field, Reading } from "../../reference/entry";
import { find } from "../../reference/find";
import { expectFile } from "../golden-file";

const project = join(__dirname, "../..");
const mistakes = join(project, "__tests__/clusters/invalid");
const reference = referenceOf({
  told: toldIn(textsIn(mistakes, ".txt")),
  examples: filesIn(join(project, "examples"), ".ts").flatMap((file) => [...loadClusterFile(file).clusters]),
});
const readings = reference.fields.flatMap((field) =>
  field.readings.map((reading) => ({ path: field.path, field, reading })),
);

describe("docs/reference/cluster", () => {
  it(".json is what the schema says", () => {
    expectFile(join(project, "docs/reference/cluster.json"), storedReference(reference));
  });

  const page = clusterPage(reference);
  it(".md is what the schema says", () => {
    expectFile(join(project, "docs/reference/cluster.md"), page);
  });

  it("has every place that it links to, once", () => {
    const headings = [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\w -]/g, "")
        .replaceAll(" ", "-"),
    );
    const anchors = [...headings, ...[...page.matchAll(/<a id="([^"]+)">/g)].map(([, id = ""]) => id)];
    expect(anchors.filter((anchor, index) => anchors.indexOf(anchor) !== index)).toEqual([]);
    const links = [...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor = ""]) => anchor);
    expect(links.length).toBeGreaterThan(500);
    expect(links.filter((anchor) => !anchors.includes(anchor))).toEqual([]);
  });

  it("keeps the anchors that others link to", () => {
    for (const anchor of ["workersdisk", "routesedgecertificate", "servicesnameport"])
      expect(page).toContain(`<a id="${anchor}"></a>`);
  });
});

describe("every field of the schema", () => {
  it("is there, wherever zod takes one", () => {
    const paths = pathsIn(clusterSchema, "");
    expect(paths.length).toBeGreaterThan(1000);
    expect(paths.filter((path) => fieldAt(path) === undefined)).toEqual([]);
  });

  it("refuses one without a meaning", () => {
    expect(lacking(({ meaning }) => !/^\S.+\.$/.test(meaning))).toEqual([]);
  });

  it("refuses one that may be left out and does not say what it is then, and the other way round", () => {
    expect(lacking((reading) => reading.required === (reading.default !== undefined))).toEqual([]);
  });

  it("refuses one that does not say what a change does, unless its fields do", () => {
    const effect = /^(in place|restarts|replaces|destroys|makes|new nodes only|never|by moving)/;
    const untold = lacking(({ change }) => !effect.test(change));
    const unsaid = untold.filter((path) => {
      const found = find(reference, path);
      if ("unknown" in found || found.fields.length === 0) return true;
      return found.fields.some(({ field }) => field.readings.some(({ change }) => change === ""));
    });
    expect(unsaid).toEqual([]);
  });

  it("refuses a number that does not say of what", () => {
    const bare = lacking(
      ({ forms, unit }) =>
        unit === undefined && forms.some((form) => /\ba (whole )?number (from|up to|$)/.test(form)),
    );
    expect(bare).toEqual([]);
  });

  it("names only problems that there are, and shows every problem at some field but those of any file", () => {
    const named = new Set(readings.flatMap(({ reading }) => reading.problems));
    const known = Object.keys(reference.problems);
    expect([...named].filter((code) => !known.includes(code))).toEqual([]);
    expect(known.filter((code) => !named.has(code) && !/^(schema|file)\//.test(code))).toEqual([]);
  });
});

describe("a problem that validate tells", () => {
  const told = filesIn(mistakes, ".ts").flatMap((file) =>
    problemsIn(file).map((problem) => ({ file: file.slice(mistakes.length + 1), problem })),
  );

  it("is named by its field, or by one around it", () => {
    expect(told.length).toBeGreaterThan(250);
    const unnamed = told
      .filter(
        ({ problem: { code, places } }) => !/^(schema|file)\//.test(code) && !namedAt(places[0].keys, code),
      )
      .map(({ file, problem: { code, places } }) => `${file}: ${code} at ${places[0].keys.join(".")}`);
    expect(unnamed).toEqual([]);
  });

  it("is at a place that explain knows", () => {
    const places = told.filter(({ problem }) => problem.code !== "schema/unknown-field");
    const lost = places.filter(({ problem: { places } }) =>
      places.some(({ keys }) => "unknown" in find(reference, pathOf(keys))),
    );
    expect(lost.map(({ file }) => file)).toEqual([]);
  });
});

function namedAt(keys: readonly string[], code: string): boolean {
  return keys.some((_, index) => {
    const found = find(reference, pathOf(keys.slice(0, index + 1)));
    return (
      !("unknown" in found) && (found.field?.readings ?? []).some(({ problems }) => problems.includes(code))
    );
  });
}

function fieldAt(path: string): Field | undefined {
  const found = find(reference, path);
  return "unknown" in found ? undefined : found.field;
}

/** pathsIn a schema, by zod alone: every field that it takes at every place. */
function pathsIn(schema: z.core.$ZodType, path: string): string[] {
  if (schema instanceof z.ZodOptional) return pathsIn(schema.unwrap(), path);
  if (schema instanceof z.ZodPipe) return pathsIn(schema.in, path);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => pathsIn(option, path));
  if (schema instanceof z.ZodRecord) return pathsIn(schema.valueType, `${path}.any`);
  if (schema instanceof z.ZodArray) return pathsIn(schema.element, `${path}[0]`);
  if (!(schema instanceof z.ZodObject)) return [];
  const fields = new Map<string, z.core.$ZodType>(Object.entries(schema.shape));
  return [...fields].flatMap(([name, field]) => {
    const place = path === "" ? name : `${path}.${name}`;
    return [place, ...pathsIn(field, place)];
  });
}

function pathOf(keys: readonly string[]): string {
  return keys.map((key) => `["${key}"]`).join("");
}

function lacking(lacks: (reading: Reading, field: Field) => boolean): string[] {
  return readings.filter(({ reading, field }) => lacks(reading, field)).map(({ path }) => path);
}

function problemsIn(file: string): readonly Problem[] {
  try {
    return resolve(loadClusterFile(file).clusters).warnings;
  } catch (error) {
    if (error instanceof ClusterProblems) return error.problems;
    throw error;
  }
}

function textsIn(folder: string, ending: string): string[] {
  return filesIn(folder, ending).map((file) => readFileSync(file, "utf8"));
}

function filesIn(folder: string, ending: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(ending))
    .map((file) => join(folder, file));
}
