import type { Ipv4, Ipv4Network } from "../network";

/** EngineName, what turns routes into answers: the controller, and with gateway-api what carries it. */
export type EngineName = "traefik" | "gateway-api/traefik" | "gateway-api/istio" | "istio" | "ingress-nginx";

/** Ingress, the controller behind the load balancer's address. */
export interface Ingress {
  readonly engine: EngineName;
  /** address of its Service, reserved in its pool. */
  readonly address: Ipv4;
  readonly replicas: number;
  /** trusts, whose word about the visitor (X-Forwarded-*) is taken: the edge proxy, nobody else. */
  readonly trusts: readonly Ipv4[];
  /** proxyProtocol is spoken by these peers; none = nobody speaks it. */
  readonly proxyProtocol: readonly Ipv4Network[];
  /** accessLogs as JSON lines with the request id and the trace, to the container's output. */
  readonly accessLogs: boolean;
  /** metrics for Prometheus. */
  readonly metrics: boolean;
}
