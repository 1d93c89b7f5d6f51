import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Cluster, ClusterNode } from "./cluster";

const posted = z.looseObject({
  metadata: z.looseObject({ name: z.string(), labels: z.record(z.string(), z.string()) }),
  spec: z.looseObject({ taints: z.array(z.string()) }),
  status: z.looseObject({
    addresses: z.tuple([z.looseObject({ address: z.string() })]),
    nodeInfo: z.looseObject({ bootID: z.string(), kubeletVersion: z.string() }),
  }),
});

/** newNode is what a kubelet registers. */
export function newNode(node: Omit<ClusterNode, "uid" | "created" | "deleting">): ClusterNode {
  return { ...node, uid: randomUUID(), created: new Date().toISOString() };
}

/** registration is the body a kubelet of the lab posts; readNode reads it. */
export function registration(node: Omit<ClusterNode, "uid" | "created" | "deleting">): object {
  return {
    metadata: { name: node.name, labels: node.labels },
    spec: { taints: node.taints },
    status: {
      addresses: [{ address: node.address }],
      nodeInfo: { bootID: node.bootId, kubeletVersion: node.version },
    },
  };
}

export function readNode(body: string): ClusterNode {
  const { metadata, spec, status } = posted.parse(JSON.parse(body));
  return newNode({
    name: metadata.name,
    labels: metadata.labels,
    taints: spec.taints,
    address: status.addresses[0].address,
    version: status.nodeInfo.kubeletVersion,
    bootId: status.nodeInfo.bootID,
  });
}

/** nodeObject is a Node as `kubectl get node -o json` shows it. */
export function nodeObject(cluster: Cluster, node: ClusterNode): object {
  const ready = cluster.ready(node);
  return {
    kind: "Node",
    apiVersion: "v1",
    metadata: {
      name: node.name,
      uid: node.uid,
      creationTimestamp: node.created,
      labels: { "kubernetes.io/hostname": node.name, "kubernetes.io/os": "linux", ...node.labels },
      ...(node.deleting === undefined
        ? {}
        : { deletionTimestamp: node.deleting, finalizers: ["wrangler.cattle.io/managed-etcd-controller"] }),
    },
    spec: node.taints.length === 0 ? {} : { taints: node.taints.map(taint) },
    status: {
      addresses: [
        { type: "InternalIP", address: node.address },
        { type: "Hostname", address: node.name },
      ],
      conditions: [
        ready
          ? { type: "Ready", status: "True", reason: "KubeletReady" }
          : {
              type: "Ready",
              status: "Unknown",
              reason: "NodeStatusUnknown",
              message: "Kubelet stopped posting node status.",
            },
      ],
      nodeInfo: {
        bootID: node.bootId,
        kubeletVersion: node.version,
        operatingSystem: "linux",
        architecture: "amd64",
      },
    },
  };
}

export function nodeList(cluster: Cluster): object {
  const items = [...cluster.nodes.values()].map((node) => nodeObject(cluster, node));
  return { kind: "NodeList", apiVersion: "v1", metadata: {}, items };
}

function taint(text: string): object {
  const [, key = "", value, effect = ""] = /^([^=:]+)(?:=([^:]*))?:(\w+)$/.exec(text) ?? [];
  return { key, effect, ...(value === undefined ? {} : { value }) };
}
