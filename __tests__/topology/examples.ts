import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Model } from "../../config/model";
import { loadModel } from "../../load-cluster";
import { exposed } from "../clusters/exposed";
import { home } from "../clusters/home";
import { resolve } from "../../config/resolve";
import { largeCluster } from "./large-cluster";

const project = join(__dirname, "../..");

/** drawnModels by name: cluster.ts, every example, one file that says everything, a large one. */
export const drawnModels: Readonly<Record<string, () => Model>> = {
  cluster: () => loadModel(join(project, "cluster.ts")).model,
  ...Object.fromEntries(
    readdirSync(join(project, "examples"))
      .filter((file) => file.endsWith(".ts"))
      .map((file) => [file.replace(/\.ts$/, ""), () => loadModel(join(project, "examples", file)).model]),
  ),
  exposed: () => resolve([{ ...home, ...exposed }]).model,
  large: largeCluster,
};
