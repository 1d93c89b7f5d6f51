import type { FaultsReport } from "../../../lab/rehearse/faults/rehearse-faults";
import type { FaultResult } from "../../../lab/rehearse/faults/strike";
import { partsTable } from "../../lab-report";
import { paint } from "../../paint";
import { table } from "../../table";

/** printedFaults, the report for a terminal: a table, what the failing runs said, and what does not hold. */
export function printedFaults({ ok, engine, parts, faults }: FaultsReport): string {
  const held = faults.filter((fault) => fault.ok).length;
  const verdict = `${held} of ${faults.length} faults survived on ${engine}.`;
  return [
    partsTable(parts),
    table([["FAULT", "DURING", "", "LOST", "CONVERGED", "SECONDS"], ...faults.map(rowOf)]),
    "What was said:\n",
    ...faults.map(({ fault, message, outside }) =>
      [`  ${fault}:`, ...sayings(message, outside).map((line) => `    ${line}`), ""].join("\n"),
    ),
    ...faults.flatMap(({ fault, words }) => (words === undefined ? [] : [`${fault}:\n${words}\n`])),
    `${ok ? paint.good(process.stdout, verdict) : paint.bad(process.stdout, verdict)}\n`,
  ].join("\n");
}

function rowOf({ fault, phase, ok, lost, converged, seconds }: FaultResult): string[] {
  return [fault, phase, ok ? "held" : "FAILED", lost, converged, seconds.toFixed(1)];
}

function sayings(message: string, outside: string | undefined): string[] {
  const said = message === "" ? "nothing: the run outlived it" : message;
  return outside === undefined ? [said] : [said, `next plan: ${outside}`];
}
