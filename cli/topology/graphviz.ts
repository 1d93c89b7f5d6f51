import { instance } from "@viz-js/viz";
import type { Graphviz } from "../../topology/draw/graphviz";

/** startGraphviz, compiled to WebAssembly: it places boxes alike on every machine. */
export async function startGraphviz(): Promise<Graphviz> {
  const viz = await instance();
  return (dot) => viz.renderString(dot, { format: "json0" });
}
