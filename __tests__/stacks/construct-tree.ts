import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformElement } from "cdktf";
import type { IConstruct } from "constructs";
import type { Model } from "../../config/model";
import { addClusters } from "../../stacks/cluster-chain";

/** constructTree of a model, indented, one construct a line: its id and class. */
export function constructTree(model: Model): string {
  const outdir = mkdtempSync(join(tmpdir(), "slipway-tree-"));
  try {
    const app = new App({ outdir });
    addClusters(app, model);
    return app.node.children.map((child) => linesOf(child, "")).join("");
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

function linesOf(construct: IConstruct, indent: string): string {
  const line = `${indent}${construct.node.id} (${construct.constructor.name})\n`;
  if (construct instanceof TerraformElement && construct.node.children.length === 0) return line;
  return line + construct.node.children.map((child) => linesOf(child, `${indent}  `)).join("");
}
