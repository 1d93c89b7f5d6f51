import type { Cluster } from "../../../config/model";
import type { PathMatch } from "../../../config/model/routes";
import type { Ipv4Network } from "../../../config/network";
import type { Json, KubernetesObject } from "../../object";
import { oncePerCluster } from "../once-per-cluster";
import { type HostRule, samePath } from "../same-host";
import type { HostGroup } from "./host-group";

/** Workload, the gateway's pods as an AuthorizationPolicy in their namespace picks them. */
export interface Workload {
  readonly namespace: string;
  readonly selection: { readonly [field: string]: Json };
}

/**
 * allowListOf hosts: visitors from elsewhere are denied, path by path; undefined = every visitor may come. A visitor's
 * address is what a trusted proxy says it is, and because Envoy takes that word from whoever connects, the connection
 * itself has to come from such a proxy or from a network of the list too.
 */
export function allowListOf(
  cluster: Cluster,
  group: HostGroup,
  workload: Workload,
): KubernetesObject | undefined {
  const lists = lastOfEachPath(group.rules).filter(({ rule }) => rule.policy.allow.length > 0);
  if (lists.length === 0) return undefined;
  return {
    apiVersion: "security.istio.io/v1",
    kind: "AuthorizationPolicy",
    metadata: { name: `${group.name}--allow`, namespace: workload.namespace },
    spec: {
      ...workload.selection,
      action: "DENY",
      rules: lists.map(({ rule }) => ({
        from: strangers(cluster, rule.policy.allow),
        to: group.hosts.map((host) => ({
          operation: { ...hostOperation(cluster, host), ...pathOperation(rule.path, group.rules) },
        })),
        ...openedOnly(cluster),
      })),
    },
  };
}

/** lastOfEachPath: rules with conditions stand before the one that takes the rest of their path's requests. */
function lastOfEachPath(rules: readonly HostRule[]): readonly HostRule[] {
  return rules.filter(
    ({ rule }, at) => !rules.slice(at + 1).some((later) => samePath(later.rule.path, rule.path)),
  );
}

function strangers({ ingress }: Cluster, allow: readonly Ipv4Network[]): readonly Json[] {
  const networks = allow.map(({ cidr }) => cidr);
  const proxies = [...(ingress?.trusts ?? []), ...(ingress?.proxyProtocol ?? []).map(({ cidr }) => cidr)];
  return [
    { source: { notRemoteIpBlocks: networks } },
    ...(proxies.length === 0 ? [] : [{ source: { notIpBlocks: [...proxies, ...networks] } }]),
  ];
}

/** hostOperation with and without a port, which a Host header may have. A wildcard is told by what it is not. */
function hostOperation(cluster: Cluster, host: string): { readonly [field: string]: Json } {
  if (!host.startsWith("*")) return { hosts: withPort(host) };
  const others = allHosts(cluster).filter((other) => other !== host);
  return others.length === 0 ? {} : { notHosts: others.flatMap(withPort) };
}

function withPort(host: string): readonly string[] {
  return host.startsWith("*") ? [host] : [host, `${host}:*`];
}

/** pathOperation leaves out paths below that have a rule of their own for every request. */
function pathOperation(path: PathMatch, rules: readonly HostRule[]): { readonly [field: string]: Json } {
  const own = rules
    .filter(
      ({ rule }) => rule.condition === undefined && !samePath(rule.path, path) && within(path, rule.path),
    )
    .flatMap(({ rule }) => patternsOf(rule.path));
  return { paths: patternsOf(path), ...(own.length > 0 && { notPaths: own }) };
}

function within(outer: PathMatch, inner: PathMatch): boolean {
  if (outer.kind !== "prefix" || inner.kind === "regex") return false;
  return inner.value === outer.value || inner.value.startsWith(outer.value.replace(/\/?$/, "/"));
}

function patternsOf({ kind, value }: PathMatch): readonly string[] {
  if (kind !== "prefix") return [value];
  return value.endsWith("/") ? [`${value}*`] : [value, `${value}/*`];
}

/** openedOnly: on a connection that is passed through unopened Istio sees no host, and would deny all of them. */
function openedOnly(cluster: Cluster): { readonly [field: string]: Json } {
  const unopened = unopenedHosts(cluster);
  if (unopened.length === 0) return {};
  return { when: [{ key: "connection.sni", notValues: unopened }] };
}

const allHosts = oncePerCluster(({ routes }) => [...new Set(routes.flatMap(({ hosts }) => hosts))]);

const unopenedHosts = oncePerCluster(({ routes }) =>
  routes.flatMap((route) => (route.passthrough === undefined ? [] : route.hosts)),
);
