import type { Cluster } from "../../config/model";
import type { Ingress } from "../../config/model/ingress";
import { charts } from "../../versions";
import type { Chart } from "../chart";
import type { Json } from "../object";

/** ingressNginxCharts: the controller. It does not wait for its Service's address, which a later stack's pool gives. */
export function ingressNginxCharts(cluster: Cluster, ingress: Ingress): readonly Chart[] {
  return [
    {
      release: "ingress-nginx",
      ...charts["ingress-nginx"],
      namespace: { name: "ingress-nginx", podSecurity: "restricted" },
      values: { controller: controllerOf(cluster, ingress) },
      wait: false,
    },
  ];
}

function controllerOf({ routes }: Cluster, ingress: Ingress): Json {
  return {
    replicaCount: ingress.replicas,
    maxUnavailable: 1,
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: "kubernetes.io/hostname",
        whenUnsatisfiable: "ScheduleAnyway",
        labelSelector: {
          matchLabels: {
            "app.kubernetes.io/name": "ingress-nginx",
            "app.kubernetes.io/component": "controller",
          },
        },
      },
    ],
    ...(routes.some(({ passthrough }) => passthrough !== undefined) && {
      extraArgs: { "enable-ssl-passthrough": "true" },
    }),
    config: { ...nothingUnasked, ...proxiesOf(ingress), ...logsOf(ingress) },
    service: {
      annotations: { "metallb.io/loadBalancerIPs": ingress.address },
      externalTrafficPolicy: "Local",
    },
    metrics: { enabled: ingress.metrics },
  };
}

/** nothingUnasked: what a route does not ask for is off, and what it is refused with is what other engines say. */
const nothingUnasked: Readonly<Record<string, string>> = {
  "proxy-next-upstream": "off",
  "proxy-read-timeout": "86400",
  "proxy-send-timeout": "86400",
  "proxy-body-size": "0",
  hsts: "false",
  "ssl-redirect": "false",
  "http-redirect-code": "301",
  "limit-req-status-code": "429",
  "limit-conn-status-code": "429",
};

/** proxiesOf the ingress: their addresses are believed about the visitor's; the scheme is believed of anybody. */
function proxiesOf({ trusts, proxyProtocol }: Ingress): Readonly<Record<string, string>> {
  const peers = [...trusts.map((address) => `${address}/32`), ...proxyProtocol.map(({ cidr }) => cidr)];
  return {
    ...(trusts.length > 0 && { "use-forwarded-headers": "true" }),
    ...(proxyProtocol.length > 0 && { "use-proxy-protocol": "true" }),
    ...(peers.length > 0 && { "proxy-real-ip-cidr": peers.join(",") }),
  };
}

/** logsOf requests; the id is the one that the request brought, or a new one. */
function logsOf({ accessLogs }: Ingress): Readonly<Record<string, string>> {
  if (!accessLogs) return { "disable-access-log": "true" };
  return { "log-format-escape-json": "true", "log-format-upstream": JSON.stringify(logLine) };
}

const logLine = {
  time: "$time_iso8601",
  request_id: "$req_id",
  traceparent: "$http_traceparent",
  visitor: "$remote_addr",
  method: "$request_method",
  host: "$host",
  path: "$request_uri",
  status: "$status",
  bytes: "$bytes_sent",
  seconds: "$request_time",
  upstream: "$proxy_upstream_name",
  pod: "$upstream_addr",
};
