/** Cni, the network between pods; its settings are in place before the first start, for later ones are not migrated. */
export type Cni = Canal | Calico | Cilium;

interface CniBase {
  /** mtu of a pod's interface: the NIC's, less what the encapsulation takes. */
  readonly mtu: number;
}

export interface Canal extends CniBase {
  readonly kind: "canal";
}

export interface Calico extends CniBase {
  readonly kind: "calico";
  readonly encapsulation: "IPIP" | "VXLAN";
}

export interface Cilium extends CniBase {
  readonly kind: "cilium";
  /** kubeProxyReplacement: Cilium does what kube-proxy does, and kube-proxy is off. */
  readonly kubeProxyReplacement: boolean;
}
