import { type JsonObject, type KubernetesObjectLike, managedEtcdFinalizer } from "../../kubernetes/contract";
import { at, listAt, textAt } from "../../kubernetes/json";
import type { ClusterNode } from "./cluster";
import type { Kubelet } from "./kubelet";

/** registration is the Node that a kubelet registers. */
export function registration(kubelet: Kubelet): KubernetesObjectLike {
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name: kubelet.name,
      labels: {
        "kubernetes.io/hostname": kubelet.name,
        "kubernetes.io/os": "linux",
        "kubernetes.io/arch": "amd64",
        ...kubelet.labels,
      },
    },
    spec: kubelet.taints.length === 0 ? {} : { taints: kubelet.taints.map(taint) },
    status: nodeStatus(kubelet),
  };
}

/** serverRegistration is a server's Node: its etcd member has to go before it can. */
export function serverRegistration(kubelet: Kubelet): KubernetesObjectLike {
  const node = registration(kubelet);
  return { ...node, metadata: { ...node.metadata, finalizers: [managedEtcdFinalizer] } };
}

/** nodeStatus is what a kubelet says of its machine. */
export function nodeStatus(kubelet: Kubelet): JsonObject {
  return {
    addresses: [
      { type: "InternalIP", address: kubelet.address },
      { type: "Hostname", address: kubelet.name },
    ],
    nodeInfo: {
      bootID: kubelet.bootId,
      kubeletVersion: kubelet.version,
      operatingSystem: "linux",
      architecture: "amd64",
    },
  };
}

/** nodeOf reads what the lab has to know from a Node. */
export function nodeOf(node: KubernetesObjectLike): ClusterNode {
  const internal = listAt(node, "status", "addresses").find((one) => at(one, "type") === "InternalIP");
  return {
    name: node.metadata.name,
    uid: node.metadata.uid ?? "",
    address: textAt(internal, "address") ?? "",
    bootId: textAt(node, "status", "nodeInfo", "bootID") ?? "",
  };
}

export function isReady(node: KubernetesObjectLike): boolean {
  return listAt(node, "status", "conditions").some(
    (condition) => at(condition, "type") === "Ready" && at(condition, "status") === "True",
  );
}

function taint(text: string): JsonObject {
  const [, key = "", value, effect = ""] = /^([^=:]+)(?:=([^:]*))?:(\w+)$/.exec(text) ?? [];
  return { key, effect, ...(value === undefined ? {} : { value }) };
}
