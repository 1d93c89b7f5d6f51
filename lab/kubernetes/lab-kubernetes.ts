import type { Part } from "../engine/part";
import type { LabAuthority } from "../network";
import { answerForCluster } from "./answering";
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
  /** answer at the load balancer's addresses, where nobody does yet, until the returned function is called. */
  answer(cluster: ClusterObjects, authority: LabAuthority): Promise<() => Promise<void>>;
  /** logs, the last lines of each program that runs behind it, by the program's name. */
  logs(): ReadonlyMap<string, readonly string[]>;
}

/** simulatedKubernetes is an object store with controllers of the lab's own; who would answer a request is followed. */
export const simulatedKubernetes: LabKubernetes = {
  start: startSimulated,
  parts: [
    { name: "Kubernetes: an object store, its API and controllers", kind: "stand-in", version: "simulated" },
    {
      name: "ingress and pods: requests answered by following the cluster's objects",
      kind: "stand-in",
      version: "simulated",
    },
  ],
  webhooks: "applied",
  visitor: followingVisitor,
  answer: answerForCluster,
  logs: () => new Map(),
};
