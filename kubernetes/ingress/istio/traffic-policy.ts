import type { Backend, Policy } from "../../../config/model/routes";
import type { Json } from "../../object";
import { seconds } from "./names";

type TrafficPolicy = { readonly [field: string]: Json | undefined };

/**
 * trafficPolicyOf what a rule asks of the pods behind a backend; undefined = nothing. Envoy ejects a pod at the
 * failure itself and lets it back in when it next looks, here every second. The pause grows with each ejection.
 */
export function trafficPolicyOf(policy: Policy): TrafficPolicy | undefined {
  return unlessEmpty({
    connectionPool:
      policy.timeouts.connect === undefined
        ? undefined
        : { tcp: { connectTimeout: seconds(policy.timeouts.connect) } },
    loadBalancer: loadBalancerOf(policy),
    outlierDetection: policy.circuitBreaker && {
      consecutive5xxErrors: policy.circuitBreaker.failures,
      interval: "1s",
      baseEjectionTime: seconds(policy.circuitBreaker.pause),
      maxEjectionPercent: 100,
    },
  });
}

/**
 * tlsOf a connection to a backend. A name outside has to stand in its certificate, signed by an authority that the
 * proxy's image trusts. Inside there is no name to hold a pod's certificate against: the connection is only encrypted.
 */
export function tlsOf(backend: Backend): TrafficPolicy | undefined {
  if (backend.protocol !== "https") return undefined;
  const host = backend.externalHost;
  return host === undefined
    ? { mode: "SIMPLE", insecureSkipVerify: true }
    : { mode: "SIMPLE", sni: host, subjectAltNames: [host] };
}

export function unlessEmpty(policy: TrafficPolicy): TrafficPolicy | undefined {
  return Object.values(policy).some((value) => value !== undefined) ? policy : undefined;
}

function loadBalancerOf(policy: Policy): Json | undefined {
  const { sticky } = policy;
  if (sticky !== undefined) {
    const cookie = { name: sticky.cookie, path: "/", ttl: `${sticky.seconds ?? 0}s` };
    return { consistentHash: { httpCookie: cookie } };
  }
  return policy.balance && { simple: policy.balance === "round-robin" ? "ROUND_ROBIN" : "LEAST_REQUEST" };
}
