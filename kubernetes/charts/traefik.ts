import type { Cluster } from "../../config/model";
import type { Ingress } from "../../config/model/ingress";
import type { Backend } from "../../config/model/routes";
import { charts } from "../../versions";
import type { Chart } from "../chart";
import type { Json } from "../object";

type Values = Readonly<Record<string, Json>>;

/**
 * traefikChart, reading IngressRoutes, or HTTPRoutes too. It does not wait: its Service gets an address from a pool of
 * the next stack.
 * @see https://github.com/traefik/traefik-helm-chart/blob/v41.3.0/traefik/values.yaml
 */
export function traefikChart(
  cluster: Cluster,
  ingress: Ingress,
  reads: "ingress-routes" | "http-routes",
): Chart {
  return {
    release: "traefik",
    repository: charts.traefik.repository,
    chart: charts.traefik.chart,
    version: charts.traefik.version,
    namespace: { name: "traefik", podSecurity: "restricted" },
    values: {
      ...podsOf(ingress),
      service: serviceOf(ingress),
      ports: { web: entryPointOf(ingress), websecure: entryPointOf(ingress) },
      ingressClass: { enabled: true, isDefaultClass: true, name: "traefik" },
      providers: providersOf(cluster, reads),
      gateway: { enabled: false },
      ...(reads === "http-routes" && unverifiedInside(cluster)),
      api: { dashboard: false },
      log: { format: "json" },
      accessLog: accessLogOf(ingress),
      metrics: { prometheus: ingress.metrics ? { entryPoint: "metrics" } : null },
      global: { checkNewVersion: false, sendAnonymousUsage: false },
    },
    wait: false,
  };
}

/** podsOf the controller, on different nodes: the address is announced only from a node that has one. */
function podsOf({ replicas }: Ingress): Values {
  return {
    deployment: { replicas, terminationGracePeriodSeconds: 60 },
    podDisruptionBudget: replicas > 1 ? { enabled: true, maxUnavailable: 1 } : { enabled: false },
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: "kubernetes.io/hostname",
        whenUnsatisfiable: "ScheduleAnyway",
        labelSelector: { matchLabels: { "app.kubernetes.io/name": "traefik" } },
      },
    ],
  };
}

/** serviceOf the controller. Local keeps the visitor's address, without which nobody could be trusted by theirs. */
function serviceOf({ address }: Ingress): Json {
  return {
    annotations: { "metallb.io/loadBalancerIPs": address },
    spec: { type: "LoadBalancer", externalTrafficPolicy: "Local" },
  };
}

/**
 * entryPointOf the ingress. A pod that is told to stop takes requests for another 15 seconds, until every node knows,
 * and has 30 more to answer them; a body may take ten minutes to arrive, where Traefik's own minute cuts uploads.
 */
function entryPointOf({ trusts, proxyProtocol }: Ingress): Json {
  return {
    forwardedHeaders: { trustedIPs: trusts },
    proxyProtocol: { trustedIPs: proxyProtocol.map(({ cidr }) => cidr) },
    transport: {
      respondingTimeouts: { readTimeout: "600s" },
      lifeCycle: { requestAcceptGraceTimeout: "15s", graceTimeOut: "30s" },
    },
  };
}

/** providersOf objects: Ingress only for cert-manager, which answers ACME's HTTP-01 by one beside IngressRoutes. */
function providersOf(cluster: Cluster, reads: "ingress-routes" | "http-routes"): Json {
  const http01 = cluster.issuers.some(
    ({ authority }) => authority.kind === "acme" && authority.challenge.kind === "http01",
  );
  const outside = backendsOf(cluster).some(({ externalHost }) => externalHost !== undefined);
  return {
    kubernetesCRD: { enabled: true, allowCrossNamespace: false, allowExternalNameServices: outside },
    kubernetesIngress: { enabled: http01 && reads === "ingress-routes" },
    kubernetesGateway: { enabled: reads === "http-routes" },
  };
}

/**
 * unverifiedInside: an HTTPRoute reaches only pods, and inside there is no name to hold a pod's certificate against:
 * the connection is only encrypted.
 */
function unverifiedInside(cluster: Cluster): Values {
  return backendsOf(cluster).some(({ protocol }) => protocol === "https")
    ? { additionalArguments: ["--serversTransport.insecureSkipVerify=true"] }
    : {};
}

function backendsOf({ routes }: Cluster): readonly Backend[] {
  return routes.flatMap(({ passthrough, rules }) => [
    ...(passthrough ? [passthrough] : []),
    ...rules.flatMap(({ action, policy }) => [
      ...(action.kind === "forward" ? action.backends : []),
      ...(policy.mirror ? [policy.mirror.backend] : []),
      ...(policy.errorPages ? [policy.errorPages.backend] : []),
    ]),
  ]);
}

/** accessLogOf requests, with the id and the trace that they came with. */
function accessLogOf({ accessLogs }: Ingress): Json {
  if (!accessLogs) return { enabled: false };
  const names = { "X-Request-Id": "keep", Traceparent: "keep" };
  return { enabled: true, format: "json", fields: { headers: { names } } };
}
