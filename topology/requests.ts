import type { Cluster } from "../config/model";
import { edgePiece } from "./requests/edge";
import { ingressPiece } from "./requests/ingress";
import { nodePortsPiece } from "./requests/node-ports";
import { poolsPiece } from "./requests/pools";
import { servicesPiece } from "./requests/services";
import { visitorsPiece } from "./requests/visitors";
import type { Arrow, Part } from "./picture";

/** requestsPart of a cluster: from visitors through the proxy in front, an address and a route to what answers. */
export function requestsPart(cluster: Cluster): Part {
  const services = servicesPiece(cluster);
  const ingress = ingressPiece(cluster, services.at);
  const pools = poolsPiece(cluster, ingress.at, services.at);
  const nodePorts = nodePortsPiece(cluster, services.at);
  const edge = edgePiece(cluster, pools.at);
  const visitors = visitorsPiece(cluster, { edge: edge.at, pools: pools.at, nodePorts: nodePorts.at });
  const outside = [visitors.boxes, edge.boxes].filter((boxes) => boxes.length > 0);
  const inside = [[...pools.boxes, ...nodePorts.boxes], ingress.boxes, services.boxes];
  return {
    name: "requests",
    columns: [...outside, ...inside.filter((boxes) => boxes.length > 0)],
    frame: {
      title: "Kubernetes",
      note: `RKE2 ${cluster.rke2.version}, ${cluster.rke2.cni.kind}`,
      first: outside.length,
    },
    arrows: distinct([visitors, edge, pools, nodePorts, ingress].flatMap(({ arrows }) => arrows)),
  };
}

/** distinct arrows: what many lines that are folded into one have alike is drawn once. */
function distinct(arrows: readonly Arrow[]): Arrow[] {
  return [...new Map(arrows.map((arrow) => [JSON.stringify([arrow.from, arrow.to]), arrow])).values()];
}
