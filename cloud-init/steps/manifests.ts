import type { Cluster, ServerNode } from "../../config/model";
import type { Step, TextFile } from "../document";
import { administrators } from "../manifests/administrators";
import { kubeVip } from "../manifests/kube-vip";
import { podNetwork, podNetworkChart } from "../manifests/pod-network";
import { rejoin } from "../manifests/rejoin";
import { paths } from "../paths";

/**
 * Objects that a server applies when it starts. All servers carry the same ones, or they would fight over
 * them, and its own rejoin role each.
 */
export function manifests(cluster: Cluster, node: ServerNode): Step {
  return {
    privateDirectories: [paths.serverData, paths.manifests],
    files: [
      manifest("slipway-administrators", administrators),
      manifest(`slipway-rejoin-${node.name}`, rejoin(node)),
      manifest(`slipway-${podNetworkChart(cluster.rke2.cni)}`, podNetwork(cluster)),
      ...(cluster.api.through === "kube-vip" ? [manifest("kube-vip", kubeVip(cluster.api.address))] : []),
    ],
  };
}

function manifest(name: string, content: string): TextFile {
  return { path: `${paths.manifests}/${name}.yaml`, permissions: "0600", content };
}
