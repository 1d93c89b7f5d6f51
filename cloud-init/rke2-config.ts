import type { AgentNode, Cluster, ClusterNode, ServerNode } from "../config/model";
import { type Ipv4, printIpv4 } from "../config/network";
import type { NodeProgram, ServerProgram } from "../config/model/rke2";
import { paths } from "./paths";
import { type ArgumentKeys, nodeArguments, serverArguments } from "./rke2-arguments";
import { type SnapshotConfig, snapshotConfig } from "./rke2-snapshots";
import { yamlText } from "./yaml";

/** NodeConfig: keys that both roles know. */
interface NodeConfig extends ArgumentKeys<NodeProgram> {
  readonly "node-name": string;
  readonly "node-ip": Ipv4;
  readonly "token-file": string;
  /** resolv-conf for pods; left to itself RKE2 may replace it by a public resolver. */
  readonly "resolv-conf": string;
  readonly "node-label"?: readonly string[];
  readonly "node-taint"?: readonly string[];
  readonly "system-default-registry"?: string;
  /** profile cis implies protect-kernel-defaults. (rancher/rke2: pkg/cli/cmds/profile_linux.go) */
  readonly profile?: "cis";
}

/**
 * SharedConfig: what every server of a cluster must say alike, or RKE2 refuses the one that differs. It is
 * made from the cluster alone, so it cannot differ.
 */
interface SharedConfig extends ArgumentKeys<ServerProgram> {
  readonly "tls-san": readonly string[];
  readonly "agent-token-file": string;
  readonly cni: Cluster["rke2"]["cni"]["kind"];
  readonly "disable-kube-proxy"?: true;
  readonly "cluster-cidr": string;
  readonly "service-cidr": string;
  readonly "cluster-dns": Ipv4;
  readonly "ingress-controller": "none";
  readonly disable?: readonly string[];
  readonly "write-kubeconfig-mode": "0600";
  readonly "embedded-registry"?: true;
  readonly "audit-policy-file"?: string;
  readonly "pod-security-admission-config-file"?: string;
}

/** ServerConfig: whom to join is not here; the bootstrap step decides that at the machine's first start. */
type ServerConfig = NodeConfig & SharedConfig & SnapshotConfig;

/** AgentConfig has no place for a key that only servers know. */
interface AgentConfig extends NodeConfig {
  readonly server: string;
}

/** serverConfig is a server's config.yaml. @see https://docs.rke2.io/reference/server_config */
export function serverConfig(cluster: Cluster, node: ServerNode): string {
  const config: ServerConfig = {
    ...nodeConfig(cluster, node, paths.serverToken),
    ...sharedConfig(cluster),
    ...snapshotConfig(cluster),
  };
  return yamlText(config);
}

/** agentConfig is a worker's config.yaml. @see https://docs.rke2.io/reference/linux_agent_config */
export function agentConfig(cluster: Cluster, node: AgentNode): string {
  const config: AgentConfig = {
    ...nodeConfig(cluster, node, paths.agentToken),
    server: `https://${cluster.api.address}:9345`,
  };
  return yamlText(config);
}

function nodeConfig({ rke2 }: Cluster, node: ClusterNode, tokenFile: string): NodeConfig {
  const labels = Object.entries(node.labels).map(([name, value]) => `${name}=${value}`);
  return {
    "node-name": node.name,
    "node-ip": node.address,
    "token-file": tokenFile,
    "resolv-conf": "/run/systemd/resolve/resolv.conf",
    ...(labels.length === 0 ? {} : { "node-label": labels }),
    ...(node.taints.length === 0 ? {} : { "node-taint": node.taints }),
    ...(rke2.systemDefaultRegistry === undefined
      ? {}
      : { "system-default-registry": rke2.systemDefaultRegistry }),
    ...(rke2.profile === undefined ? {} : { profile: rke2.profile }),
    ...nodeArguments(node.arguments),
  };
}

function sharedConfig(cluster: Cluster): SharedConfig {
  const { cni, version, profile, audit, embeddedRegistry } = cluster.rke2;
  const disabled = disabledComponents(version);
  return {
    "tls-san": [cluster.api.address],
    "agent-token-file": paths.agentToken,
    cni: cni.kind,
    ...(cni.kind === "cilium" && cni.kubeProxyReplacement && { "disable-kube-proxy": true }),
    "cluster-cidr": cluster.network.pods.cidr,
    "service-cidr": cluster.network.services.cidr,
    "cluster-dns": printIpv4(cluster.network.services.first + 10),
    "ingress-controller": "none",
    ...(disabled.length === 0 ? {} : { disable: disabled }),
    "write-kubeconfig-mode": "0600",
    ...(embeddedRegistry && { "embedded-registry": true }),
    ...(audit !== undefined && { "audit-policy-file": paths.auditPolicy }),
    ...(profile !== undefined && { "pod-security-admission-config-file": paths.podSecurity }),
    ...serverArguments(cluster.controlPlane.arguments),
  };
}

/** disabledComponents: from 1.37 RKE2 would report the cluster's size and version to its maker every eight hours. */
function disabledComponents(version: string): string[] {
  const minor = Number(/^v1\.(\d+)\./.exec(version)?.[1]);
  return minor >= 37 ? ["rke2-security-responder"] : [];
}
