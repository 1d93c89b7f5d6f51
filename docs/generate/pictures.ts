import { readdirSync } from "node:fs";
import { join } from "node:path";
import { startGraphviz } from "../../cli/topology/graphviz";
import type { Model } from "../../config/model";
import { loadModel } from "../../load-cluster";
import { svgOf } from "../../topology/draw/svg";
import { pictureOf } from "../../topology/picture-of";

const project = join(__dirname, "../..");

/** Drawn is a cluster file and the file of its picture in docs/pictures. */
export interface Drawn {
  /** file from the project's folder. */
  readonly file: string;
  readonly picture: string;
}

/** drawnFiles: cluster.ts, then every example by name. */
export function drawnFiles(): Drawn[] {
  const examples = readdirSync(join(project, "examples")).filter((file) => file.endsWith(".ts"));
  return [
    { file: "cluster.ts", picture: "cluster.svg" },
    ...examples.sort().map((file) => ({ file: `examples/${file}`, picture: file.replace(/\.ts$/, ".svg") })),
  ];
}

/** pictureFile, docs/pictures/*.svg: what ./slipway topology draws of a cluster file. */
export async function pictureFile({ file }: Drawn): Promise<string> {
  return svgOf(pictureOf(modelOf(file)), await startGraphviz());
}

/** galleryPage, docs/pictures/README.md: every picture with the sentences that describe it. */
export function galleryPage(): string {
  return `# Pictures of the examples

Made from the cluster files by \`npm run golden\`; \`./slipway topology\` draws yours:
[docs/how-to/topology.md](../how-to/topology.md).
${drawnFiles().map(sectionOf).join("")}`;
}

function sectionOf({ file, picture }: Drawn): string {
  const told = pictureOf(modelOf(file)).sheets.map(({ description }) => description);
  return `
## [${file}](../../${file})

${told.join(" ")}

![Topology of ${file}](${picture})
`;
}

function modelOf(file: string): Model {
  return loadModel(join(project, file)).model;
}
