import { printRef } from "../../trace/objects";
import type { Answerer, End, Step, Way } from "../../trace/trace";
import { table } from "../table";
import type { Traced } from "./best-way";

/** printed as a table of hops and a verdict. */
export function printed(url: URL, { cluster, way, begins }: Traced): string {
  const rows = way.hops.map(({ at, object, says }, index) => [
    String(index + 1),
    at,
    printRef(object),
    says,
    cluster.origins.get(printRef(object)) ?? "",
  ]);
  return `${url.href} in ${cluster.name}\n\n${table([["", "HOP", "OBJECT", "SAYS", "MADE BY"], ...rows])}\n${verdict(way.end)}\n${begins === "inside only" ? insideOnly(url, way.end, cluster.name) : ""}`;
}

/** Printed by --json. */
export interface Printed extends Pick<Way<Step>, "end"> {
  readonly cluster: string;
  readonly begins: Traced["begins"];
  readonly hops: readonly (Step & { readonly madeBy: string | undefined })[];
}

/** forMachines, what --json prints. */
export function forMachines({ cluster, way, begins }: Traced): Printed {
  const hops = way.hops.map((hop) => ({ ...hop, madeBy: cluster.origins.get(printRef(hop.object)) }));
  return { cluster: cluster.name, begins, hops, end: way.end };
}

function insideOnly({ host }: URL, end: End, cluster: string): string {
  const begins = end.kind === "lost" ? "Begun inside" : "Reachable inside only";
  return `${begins}: no edge of ${cluster} has ${host}.\n`;
}

function verdict(end: End): string {
  if (end.kind === "answered") return `Answered by ${end.by.map(answerer).join(", ")}.`;
  if (end.kind === "redirected") return `Redirected with ${end.status} to ${end.to}`;
  if (end.kind === "left") return `Leaves the cluster for ${end.host}.`;
  return `Not answered: ${end.why}.`;
}

function answerer({ service, namespace, port, percent }: Answerer): string {
  return `${namespace}/${service}:${port}${percent === 100 ? "" : ` (${Math.round(percent)} %)`}`;
}
