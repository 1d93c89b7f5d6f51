import { instance } from "@viz-js/viz";
import { z } from "zod";
import { shortened, textWidth } from "../../topology/draw/text-width";

const printable = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index));
const answer = z.object({ objects: z.array(z.object({ width: z.string() })) });

describe.each([false, true])("text in Helvetica, bold: %s,", (bold) => {
  it("is as wide as in Graphviz' own table", async () => {
    const viz = await instance();
    const wrong = printable.filter((character) => {
      const text = `x${character}`.repeat(50);
      const escaped = text.replaceAll(/[&<>\\]/g, (special) => `&#${special.charCodeAt(0)};`);
      const html = bold ? `<B>${escaped}x</B>` : `${escaped}x`;
      const dot = `digraph { n [shape=plain, fontname=Helvetica, fontsize=12, label=<${html}>] }`;
      const [node] = answer.parse(JSON.parse(viz.renderString(dot, { format: "json0" }))).objects;
      const theirs = Number(node?.width) * 72;
      return Math.abs(theirs / textWidth(`${text}x`, { size: 12, bold }) - 1) > 0.02;
    });
    expect(wrong).toEqual([]);
  });
});

it("a name that is too long keeps both of its ends, and fits", () => {
  const font = { size: 12, bold: false };
  const short = shortened("a-service-with-quite-a-name-for-itself-17", 120, font);
  expect(short).toMatch(/^a-serv.*\.\.\..*self-17$/);
  expect(textWidth(short, font)).toBeLessThanOrEqual(120);
  expect(shortened("short", 120, font)).toBe("short");
});
