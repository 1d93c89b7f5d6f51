import { join } from "node:path";
import type { FaultsSubject } from "../../../lab/rehearse/faults/subject";
import { layoutOf, uneditedSubject } from "../subject";

/** faultsSubject is a small cluster of its own: what a fault does depends on Proxmox, not on the operator's file. */
export function faultsSubject(): FaultsSubject {
  return {
    subject: uneditedSubject(fileOf("whole")),
    shapes: {
      whole: layoutOf(fileOf("whole")),
      edited: layoutOf(fileOf("edited")),
      smaller: layoutOf(fileOf("smaller")),
    },
    foreign: 100,
  };
}

function fileOf(shape: "whole" | "edited" | "smaller"): string {
  return join(__dirname, `${shape}.ts`);
}
