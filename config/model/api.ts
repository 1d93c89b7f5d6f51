import type { Ipv4 } from "../network";
import type { LoadBalancerNode } from "../model";

/** Api, where nodes and operators reach Kubernetes; servers' certificates name the address. */
export type Api = KubeVip | FirstServer | HaProxy;

interface ApiBase {
  readonly address: Ipv4;
}

export interface KubeVip extends ApiBase {
  readonly through: "kube-vip";
}

export interface FirstServer extends ApiBase {
  readonly through: "first-server";
}

export interface HaProxy extends ApiBase {
  readonly through: "haproxy";
  /** routerId, VRRP's number of this pair. */
  readonly routerId: number;
  /** loadBalancers, two machines, one of which holds the address. */
  readonly loadBalancers: readonly LoadBalancerNode[];
}
