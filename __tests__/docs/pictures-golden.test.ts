import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { drawnFiles, galleryPage, pictureFile } from "../../docs/generate/pictures";
import { expectFile } from "../golden-file";

const project = join(__dirname, "../..");
const folder = join(project, "docs/pictures");

it.each(drawnFiles())("docs/pictures/$picture is what ./slipway topology draws of $file", async (drawn) => {
  expectFile(join(folder, drawn.picture), await pictureFile(drawn));
});

it("docs/pictures/README.md shows every picture", () => {
  expectFile(join(folder, "README.md"), galleryPage());
});

it("docs/pictures holds no picture of a file that is gone", () => {
  const wanted = ["README.md", ...drawnFiles().map(({ picture }) => picture)];
  expect(readdirSync(folder).sort()).toEqual(wanted.sort());
});

it("README.md shows the picture of cluster.ts before its first command", () => {
  const [top = ""] = readFileSync(join(project, "README.md"), "utf8").split("\n## ");
  expect(top).toContain("(docs/pictures/cluster.svg)");
});
