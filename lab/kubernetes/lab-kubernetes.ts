import type { Part } from "../engine/part";
import type { ClusterObjects, StartControlPlane } from "./contract";
import { startSimulated } from "./simulated";
import { followingVisitor, type Visitor } from "./visitor";

/** LabKubernetes is how the lab's clusters get their Kubernetes, and how a request is sent to one of them. */
export interface LabKubernetes {
  readonly start: StartControlPlane;
  readonly parts: readonly Part[];
  /** webhooks of charts: where the API calls them for real, nobody in the lab answers for what the charts install. */
  readonly webhooks: "applied" | "left out";
  visitor(cluster: ClusterObjects): Visitor;
  /** logs, the last lines of each program that runs behind it, by the program's name. */
  logs(): ReadonlyMap<string, readonly string[]>;
}

/** simulatedKubernetes is an object store with controllers of the lab's own; requests are followed, not sent. */
export const simulatedKubernetes: LabKubernetes = {
  start: startSimulated,
  parts: [
    { name: "Kubernetes: an object store, its API and controllers", kind: "stand-in", version: "simulated" },
    {
      name: "requests: followed through the cluster's objects",
      kind: "stand-in",
      version: "no packet is sent",
    },
  ],
  webhooks: "applied",
  visitor: followingVisitor,
  logs: () => new Map(),
};
