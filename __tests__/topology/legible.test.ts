import { startGraphviz } from "../../cli/topology/graphviz";
import { dark, light, type Theme } from "../../topology/draw/palette";
import { svgOf } from "../../topology/draw/svg";
import { pictureOf } from "../../topology/picture-of";
import { drawnModels } from "./examples";
import { type Area, readPicture, type ReadPicture } from "./reading";

describe.each(Object.keys(drawnModels))("the picture of %s", (name) => {
  let svg: string;
  let picture: ReadPicture;
  beforeAll(async () => {
    const model = drawnModels[name]?.();
    if (model === undefined) throw new Error(`there is no ${name}`);
    svg = svgOf(pictureOf(model), await startGraphviz());
    picture = readPicture(svg);
  });

  it("has labels, boxes, hosts, a frame for each of its parts, and arrows", () => {
    const { labels, boxes, rooms, frames, arrows } = picture;
    expect(labels.length).toBeGreaterThan(10);
    expect([boxes.length > 3, rooms.length > 0, frames.length % 2, arrows.length > 1]).toEqual([
      true,
      true,
      0,
      true,
    ]);
  });

  it("has no two labels that overlap", () => {
    expect(overlapping(picture.labels)).toEqual([]);
  });

  it("keeps each label of a box eight pixels from its sides, and in it", () => {
    const leaving = picture.labels.filter(
      ({ box, ...label }) => box !== undefined && !inside(label, shrunk(box, 8, 1)),
    );
    expect(leaving).toEqual([]);
  });

  it("keeps all other labels in the frame or room that they name, or on the canvas", () => {
    const { labels, rooms, frames, canvas } = picture;
    const own = labels.filter(({ box }) => box === undefined);
    for (const area of [...rooms, ...frames]) {
      const meant = own.filter(
        ({ top, left }) => top - area.top > 0 && top - area.top < 20 && left > area.left && left < area.right,
      );
      expect([meant.length > 1, meant.filter((label) => !inside(label, area))]).toEqual([true, []]);
    }
    expect(labels.filter((label) => !inside(label, canvas))).toEqual([]);
  });

  it("has no two boxes that overlap; a frame or a host has a box whole or not at all", () => {
    const { boxes, rooms, frames, canvas } = picture;
    expect([overlapping(boxes), overlapping(rooms), overlapping(frames)]).toEqual([[], [], []]);
    const cut = [...rooms, ...frames].flatMap((area) =>
      [...boxes, ...rooms].filter((box) => box !== area && overlap(box, area) && !inside(box, area)),
    );
    expect(cut.filter((box) => !rooms.includes(box))).toEqual([]);
    expect([...boxes, ...frames].filter((area) => !inside(area, canvas))).toEqual([]);
  });

  it("has no arrow that runs over a label or through a box", () => {
    const { arrows, labels, boxes, canvas } = picture;
    const over = arrows.flatMap((points) =>
      [...labels, ...boxes.map((box) => shrunk(box, 1, 1))].filter((area) =>
        points.some(([x, y]) => inside({ left: x, right: x, top: y, bottom: y }, area)),
      ),
    );
    expect(over).toEqual([]);
    expect(
      arrows.flat().filter(([x, y]) => !inside({ left: x, right: x, top: y, bottom: y }, canvas)),
    ).toEqual([]);
  });

  it("draws no arrow twice, and takes no more than two screens", () => {
    const drawn = picture.arrows.map((points) => JSON.stringify(points));
    expect(new Set(drawn).size).toBe(drawn.length);
    expect(picture.canvas.bottom).toBeLessThanOrEqual(2000);
  });

  it("shows every letter in nine pixels or more where it is 1200 pixels wide", () => {
    const smallest = Math.min(...picture.labels.map(({ size }) => size));
    expect((smallest * 1200) / Math.max(1200, picture.canvas.right)).toBeGreaterThanOrEqual(9);
  });

  it("holds all it needs and says what it is", () => {
    expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', "")).not.toMatch(
      /https?:|@import|@font-face|<image|href/,
    );
    expect(svg).toMatch(
      /^<svg [^>]*role="img" aria-labelledby="title desc">\n<title id="title">.+<\/title>\n<desc id="desc">.+<\/desc>$/m,
    );
  });

  it("is the same bytes each time", async () => {
    const model = drawnModels[name]?.();
    expect(model && svgOf(pictureOf(model), await startGraphviz())).toBe(svg);
  });
});

describe.each(Object.entries({ light, dark }))("the %s theme", (_, theme) => {
  it("has a contrast of 4.5 between each text and what is behind it, as WCAG asks", () => {
    const { paper, card, group, inner, heads } = theme;
    const behind = [paper, card, group, inner, ...Object.values(heads).map(([fill]) => fill)];
    const poor = [theme.ink, theme.quiet].flatMap((text) =>
      behind.filter((fill) => contrast(text, fill) < 4.5).map((fill) => `${text} on ${fill}`),
    );
    expect(poor).toEqual([]);
  });

  it("has a contrast of 3 between arrows and what they run over", () => {
    const poor = behindArrows(theme).filter((fill) => contrast(theme.arrow, fill) < 3);
    expect(poor).toEqual([]);
  });
});

function behindArrows({ paper, group, inner }: Theme): string[] {
  return [paper, group, inner];
}

/** contrast of two colors. @see https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(one: string, other: string): number {
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const part = parseInt(color.slice(start, start + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function overlapping<A extends Area>(areas: readonly A[]): [A, A][] {
  return areas.flatMap((one, index) =>
    areas.slice(index + 1).flatMap((other): [A, A][] => (overlap(one, other) ? [[one, other]] : [])),
  );
}

function overlap(a: Area, b: Area): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function inside(inner: Area, outer: Area): boolean {
  return (
    inner.left >= outer.left &&
    inner.right <= outer.right &&
    inner.top >= outer.top &&
    inner.bottom <= outer.bottom
  );
}

function shrunk({ left, top, right, bottom }: Area, x: number, y: number): Area {
  return { left: left + x, top: top + y, right: right - x, bottom: bottom - y };
}
