import type { Step } from "../step";
import { deploy } from "./deploy";
import { destroy, unprotect } from "./destroy";
import { editedCloudInit } from "./edited-cloud-init";
import { oneMoreRoute } from "./one-more-route";
import { oneMoreWorker } from "./one-more-worker";
import { planAgain } from "./plan-again";
import { requests } from "./requests";
import { rebuildFirstServer } from "./rebuild-first-server";

/** steps of a rehearsal, in the order in which an operator would take them. */
export const steps: readonly Step[] = [
  deploy,
  planAgain,
  oneMoreWorker,
  oneMoreRoute,
  requests,
  editedCloudInit,
  rebuildFirstServer,
  unprotect,
  destroy,
];
