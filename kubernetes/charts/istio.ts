import type { Cluster } from "../../config/model";
import type { Ingress } from "../../config/model/ingress";
import { charts } from "../../versions";
import type { Chart, Namespace } from "../chart";
import type { Json } from "../object";

/** istioCharts: its kinds, its control plane and an ingress gateway that carries VirtualServices. */
export function istioCharts(_cluster: Cluster, ingress: Ingress): readonly Chart[] {
  return [base(), istiod(ingress), ingressGateway(ingress)];
}

/** istioControlPlane alone, where istiod makes the gateways that Gateway objects ask for. */
export function istioControlPlane(ingress: Ingress): readonly Chart[] {
  return [base(), istiod(ingress)];
}

/**
 * topologyOf the proxies in front, for a gateway's proxy configuration; undefined = there are none. Envoy counts them
 * and does not know their addresses.
 */
export function topologyOf({ trusts, proxyProtocol }: Ingress): Json | undefined {
  if (trusts.length === 0 && proxyProtocol.length === 0) return undefined;
  return {
    ...(trusts.length > 0 && { numTrustedProxies: 1 }),
    ...(proxyProtocol.length > 0 && { proxyProtocol: {} }),
  };
}

/** addressOf the ingress as MetalLB reads it from a Service. */
export function addressOf({ address }: Ingress): Readonly<Record<string, string>> {
  return { "metallb.io/loadBalancerIPs": address };
}

function base(): Chart {
  return { release: "istio-base", ...charts["istio-base"], namespace: system, values: {}, wait: true };
}

function istiod(ingress: Ingress): Chart {
  return {
    release: "istiod",
    ...charts.istiod,
    namespace: system,
    values: {
      seccompProfile,
      gateways: { seccompProfile },
      meshConfig: meshConfigOf(ingress),
    },
    wait: true,
  };
}

/** meshConfigOf gateways: what a route does not ask for is off. @see https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/ */
function meshConfigOf(ingress: Ingress): Json {
  const gatewayTopology = topologyOf(ingress);
  return {
    ...(ingress.accessLogs
      ? { accessLogFile: "/dev/stdout", accessLogEncoding: "JSON", accessLogFormat }
      : { accessLogFile: "" }),
    enablePrometheusMerge: ingress.metrics,
    defaultHttpRetryPolicy: { attempts: 0 },
    localityLbSetting: { enabled: false },
    ...(gatewayTopology && { defaultConfig: { gatewayTopology } }),
  };
}

/** ingressGateway does not wait for its Service's address, which a later stack's pool gives. */
function ingressGateway(ingress: Ingress): Chart {
  const gatewayTopology = topologyOf(ingress);
  return {
    release: "istio-ingress",
    ...charts["istio-gateway"],
    namespace: { name: "istio-ingress", podSecurity: "restricted" },
    values: {
      replicaCount: ingress.replicas,
      autoscaling: { enabled: false },
      podDisruptionBudget: { maxUnavailable: 1 },
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: "kubernetes.io/hostname",
          whenUnsatisfiable: "ScheduleAnyway",
          labelSelector: { matchLabels: { istio: "ingress" } },
        },
      ],
      podAnnotations: {
        "prometheus.io/scrape": String(ingress.metrics),
        ...(gatewayTopology && { "proxy.istio.io/config": JSON.stringify({ gatewayTopology }) }),
      },
      securityContext: {
        seccompProfile,
        sysctls: [{ name: "net.ipv4.ip_unprivileged_port_start", value: "0" }],
      },
      service: { annotations: addressOf(ingress), externalTrafficPolicy: "Local" },
    },
    wait: false,
  };
}

const system: Namespace = { name: "istio-system", podSecurity: "restricted" };

const seccompProfile: Json = { type: "RuntimeDefault" };

const accessLogFormat = JSON.stringify({
  time: "%START_TIME%",
  request_id: "%REQ(X-REQUEST-ID)%",
  traceparent: "%REQ(TRACEPARENT)%",
  visitor: "%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%",
  method: "%REQ(:METHOD)%",
  host: "%REQ(:AUTHORITY)%",
  path: "%REQ(X-ENVOY-ORIGINAL-PATH?:PATH)%",
  status: "%RESPONSE_CODE%",
  flags: "%RESPONSE_FLAGS%",
  bytes: "%BYTES_SENT%",
  milliseconds: "%DURATION%",
  upstream: "%UPSTREAM_CLUSTER%",
  pod: "%UPSTREAM_HOST%",
});
