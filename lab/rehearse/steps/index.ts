import type { Step } from "../step";
import { deploy } from "./deploy";
import { destroy, unprotect } from "./destroy";
import { editedCloudInit } from "./edited-cloud-init";
import { oneMoreWorker } from "./one-more-worker";
import { planAgain } from "./plan-again";
import { rebuildFirstServer } from "./rebuild-first-server";

/** steps of a rehearsal, in the order in which an operator would take them. */
export const steps: readonly Step[] = [
  deploy,
  planAgain,
  oneMoreWorker,
  editedCloudInit,
  rebuildFirstServer,
  unprotect,
  destroy,
];
