import type { ControlPlane } from "../../kubernetes/contract";
import type { ClusterNode } from "./cluster";
import type { Kubelets } from "./kubelets";

/** leaseMs between two renewals of a Lease; a kubelet's 10 s, made short. */
const leaseMs = 500;

/** graceMs in which a Node is called Ready whose kubelet is silent; kube-controller-manager's 50 s, made short. */
const graceMs = 2_000;

export interface ReportsOptions {
  readonly kubelets: Kubelets;
  /** nodes of the cluster by name, as the API has them. */
  readonly nodes: ReadonlyMap<string, ClusterNode>;
  readonly hasQuorum: () => boolean;
  /** follow work of the control plane to its end. */
  readonly follow: (work: Promise<void>) => void;
}

/**
 * KubeletReports are what a cluster's API hears of its kubelets: Ready when one has started, then its Lease every half
 * second; and that one is silent only some time after its machine has lost its power.
 */
export class KubeletReports {
  private readonly timers = new Set<NodeJS.Timeout>();
  private renewing: Promise<void> = Promise.resolve();

  constructor(
    private readonly plane: ControlPlane,
    private readonly options: ReportsOptions,
  ) {
    options.kubelets.watch((bootId) => {
      const node = [...options.nodes.values()].find((candidate) => candidate.bootId === bootId);
      if (node === undefined) return;
      if (options.kubelets.runs(bootId)) options.follow(plane.setNodeReady(node.name, true));
      else this.stopped(node.name);
    });
    this.timers.add(setInterval(() => this.renew(), leaseMs).unref());
  }

  async close(): Promise<void> {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
    await this.renewing;
  }

  private stopped(name: string): void {
    this.options.follow(this.plane.machineStopped(name));
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      if (!this.isHeard(name)) this.options.follow(this.plane.setNodeReady(name, false));
    }, graceMs).unref();
    this.timers.add(timer);
  }

  private isHeard(name: string): boolean {
    return this.options.kubelets.runs(this.options.nodes.get(name)?.bootId ?? "");
  }

  /** renew in turn; one that fails is made up for by the next, as a kubelet's is. */
  private renew(): void {
    if (!this.options.hasQuorum()) return;
    const names = [...this.options.nodes.keys()].filter((name) => this.isHeard(name));
    this.renewing = this.renewing.then(async () => {
      for (const name of names) await this.plane.renewLease(name).catch(() => undefined);
    });
  }
}
