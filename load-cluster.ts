import { statSync } from "node:fs";
import { createRequire } from "node:module";
import { relative, resolve as resolvePath } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { ClusterProblems } from "./config/problem";
import { resolve } from "./config/resolve";
import type { Resolved } from "./config/resolve";

/** ClusterFile is what an operator's file exports, in its order, and the name to call it by. */
export interface ClusterFile {
  readonly file: string;
  readonly clusters: readonly unknown[];
}

/** loadModel reads the file that SLIPWAY_CLUSTER names, else cluster.ts. @error file/* and every rule's */
export function loadModel(file?: string): Resolved {
  const loaded = loadClusterFile(file);
  return resolve(loaded.clusters, loaded.file);
}

export function loadClusterFile(file = process.env["SLIPWAY_CLUSTER"]): ClusterFile {
  const path = resolvePath(file === undefined || file === "" ? "cluster.ts" : file);
  const shown = relative(process.cwd(), path).startsWith("..") ? path : relative(process.cwd(), path);
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) {
    throw refusal(shown, {
      code: "file/missing",
      found: "there is no such file",
      why: "the cluster is read from cluster.ts, or from the file that SLIPWAY_CLUSTER names",
      fix: "set SLIPWAY_CLUSTER to an existing file, or unset it",
    });
  }
  const exported = exportOf(path, shown);
  const clusters: readonly unknown[] = Array.isArray(exported) ? exported : [exported];
  if (exported !== undefined && clusters.length > 0) return { file: shown, clusters };
  throw refusal(shown, {
    code: "file/no-cluster",
    found: exported === undefined ? "no default export" : "the default export is an empty list",
    why: "the default export is the cluster, or a list of clusters",
    fix: "write: export default defineCluster({ … })",
  });
}

function exportOf(path: string, shown: string): unknown {
  try {
    const exports: unknown = createRequire(__filename)(path);
    return typeof exports === "object" && exports !== null && "default" in exports
      ? exports.default
      : undefined;
  } catch (error) {
    throw refusal(shown, {
      code: "file/broken",
      found: complaintOf(error, path),
      why: "the file could not be read as TypeScript, or stopped while it ran",
      fix: "correct that line; an editor shows it in red",
    });
  }
}

/** complaintOf an error in the operator's file: what it says and the line, never the way it took through ours. */
function complaintOf(error: unknown, path: string): string {
  if (!(error instanceof Error)) return String(error);
  const [said = ""] = stripVTControlCharacters(error.message)
    .split("\n")
    .map((line) => line.replace(/^\s*[x×]\s*/, "").trim())
    .filter((line) => line !== "");
  const trace = stripVTControlCharacters(`${error.message}\n${error.stack ?? ""}`);
  const place = trace.split(path)[1]?.match(/^:(\d+):\d+/) ?? trace.match(/^\s*(\d+) │/m);
  return place?.[1] === undefined ? said : `line ${place[1]}: ${said}`;
}

function refusal(
  file: string,
  problem: { code: string; found: string; why: string; fix: string },
): ClusterProblems {
  return new ClusterProblems(file, [{ ...problem, severity: "error", places: [{ cluster: 0, keys: [] }] }]);
}
