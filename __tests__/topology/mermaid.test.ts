import { mermaidOf } from "../../topology/mermaid";
import { pictureOf } from "../../topology/picture-of";
import { drawnModels } from "./examples";

const node = /^(\w+)\["([^"<>&`]|<br\/>)+"\]:::([\w-]+)$/;
const opening = /^subgraph (\w+) \["[^"<>&`]+"\]$/;

/** Each line is one of the few forms used here; mermaid 11 itself drew all of these pictures when they were made. */
describe.each(Object.entries(drawnModels))("the mermaid text of %s", (_, model) => {
  const picture = pictureOf(model());
  const lines = mermaidOf(picture)
    .trimEnd()
    .split("\n")
    .map((line) => line.trim());
  const [, ...body] = lines;

  it("is a flowchart of lines that mermaid has", () => {
    expect(lines[0]).toBe("flowchart LR");
    const strange = body.filter(
      (line) =>
        ![
          node,
          opening,
          /^end$/,
          /^direction LR$/,
          /^\w+ --> \w+$/,
          /^acc(Title|Descr): \S/,
          /^classDef /,
        ].some((form) => form.test(line)),
    );
    expect(strange).toEqual([]);
  });

  it("closes each subgraph that it opens", () => {
    const depths = body.reduce<number[]>((all, line) => {
      const step = opening.test(line) ? 1 : line === "end" ? -1 : 0;
      return [...all, (all.at(-1) ?? 0) + step];
    }, []);
    expect([Math.min(...depths), depths.at(-1)]).toEqual([0, 0]);
  });

  it("gives each id once, and leads arrows only to what is there", () => {
    const ids = body.flatMap((line) => (node.exec(line) ?? opening.exec(line))?.[1] ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    const arrows = body.filter((line) => line.includes(" --> "));
    expect(arrows).toHaveLength(
      picture.sheets.flatMap(({ parts }) => parts.flatMap((part) => part.arrows)).length,
    );
    for (const end of arrows.flatMap((line) => line.split(" --> "))) expect(ids).toContain(end);
  });

  it("colors nothing that has no class", () => {
    const classes = body.flatMap((line) => /^classDef ([\w-]+) /.exec(line)?.[1] ?? []);
    for (const line of body) {
      const kind = node.exec(line)?.[3];
      if (kind !== undefined) expect(classes).toContain(kind);
    }
  });
});
