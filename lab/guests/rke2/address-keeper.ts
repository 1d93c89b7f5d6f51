import { allows } from "../../kubernetes/store/rbac";
import type { LabNetwork } from "../../network/contract";
import type { KubeVip } from "./kube-vip";

/** Candidate, a server that could hold the API address. */
export interface Candidate {
  readonly name: string;
  readonly address: string;
  readonly interfaces: readonly string[];
}

/** Candidates are a cluster's servers as kube-vip sees them. */
export interface Candidates {
  readonly kubeVip: KubeVip | undefined;
  /** rules, the roles and bindings that say what kube-vip may. */
  readonly rules: readonly unknown[];
  living(): readonly Candidate[];
  hasQuorum(): boolean;
}

/** AddressKeeper gives the address to a living server, moves it when that one goes, and drops it with the last. */
export class AddressKeeper {
  private held: { readonly address: string; readonly member: Candidate } | undefined;

  constructor(
    private readonly network: LabNetwork,
    private readonly violate: (text: string) => void,
    private readonly cluster: Candidates,
  ) {}

  /** holder, the name of the server that has the address. */
  holder(): string | undefined {
    return this.held?.member.name;
  }

  /** place looks again who should hold the address; to be called after every change. */
  place(): void {
    const vip = this.cluster.kubeVip;
    const candidates = vip === undefined ? [] : this.candidates(vip);
    const leader = candidates.find((member) => member === this.held?.member) ?? candidates[0];
    if (this.held !== undefined && (leader === undefined || vip?.address !== this.held.address)) {
      this.network.alias(this.held.address, undefined);
    }
    this.held =
      leader === undefined || vip === undefined ? undefined : { address: vip.address, member: leader };
    if (this.held !== undefined) this.network.alias(this.held.address, this.held.member.address);
  }

  private candidates(vip: KubeVip): readonly Candidate[] {
    const living = this.cluster.living();
    if (!this.cluster.hasQuorum() || !mayLead(this.cluster, vip.serviceAccount)) return [];
    const able = living.filter(
      (member) => vip.interface === undefined || member.interfaces.includes(vip.interface),
    );
    if (able.length === 0) {
      this.violate(
        `kube-vip: no server has an interface ${vip.interface}, only ${living[0]?.interfaces.join(", ")}`,
      );
    }
    return able;
  }
}

/** mayLead: kube-vip elects its leader by a lease, so its service account needs leases. */
function mayLead(cluster: Candidates, name: string): boolean {
  return ["get", "create", "update"].every((verb) =>
    allows(
      cluster.rules,
      { name, groups: [] },
      { verb, apiGroup: "coordination.k8s.io", resource: "leases" },
    ),
  );
}
