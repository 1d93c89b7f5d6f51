import { writeFile } from "node:fs/promises";
import { type Command, Option } from "commander";
import { clusterOption, type ClusterOption } from "./cluster-option";
import { offering, offersFiles } from "./completion/offer";
import { manual } from "./manual";
import { Mistake } from "./mistake";

const formats = ["svg", "mermaid"] as const;

interface Options extends ClusterOption {
  readonly format: (typeof formats)[number];
  readonly output?: string;
}

export function addTopology(program: Command): void {
  const command = program
    .command("topology")
    .description("draw the way of requests and the machines on their hosts")
    .addOption(clusterOption())
    .addOption(new Option("--format <format>", "of the picture").choices(formats).default("svg"))
    .addOption(
      offering(
        new Option("-o, --output <file>", "write it to a file, instead of printing it"),
        offersFiles(),
      ),
    )
    .action(async ({ cluster, format, output }: Options) => {
      const drawn = await draw(cluster, format);
      if (output === undefined) process.stdout.write(drawn);
      else await writeFile(output, drawn).catch((error: unknown) => refuse(output, error));
    });
  manual(command, {
    group: "look",
    needs: "nothing but the cluster file. Nothing is contacted, and only the file of --output is written.",
    examples: [
      {
        line: "./slipway topology --output home.svg",
        says: "for a browser; light or dark as the reader's system is",
      },
      { line: "./slipway topology --format mermaid", says: "for a ```mermaid block in Markdown" },
    ],
  });
}

async function draw(cluster: string | undefined, format: Options["format"]): Promise<string> {
  const { loadModel } = await import("../load-cluster");
  const { pictureOf } = await import("../topology/picture-of");
  const picture = pictureOf(loadModel(cluster).model);
  if (format === "mermaid") {
    const { mermaidOf } = await import("../topology/mermaid");
    return mermaidOf(picture);
  }
  const { svgOf } = await import("../topology/draw/svg");
  const { startGraphviz } = await import("./topology/graphviz");
  return svgOf(picture, await startGraphviz());
}

function refuse(output: string, error: unknown): never {
  throw new Mistake(
    `${output} cannot be written: ${error instanceof Error ? error.message : String(error)}.\nName a file in a folder that is there.`,
  );
}
