import { loadBalancersOf } from "../../config/load-balancers";
import type { Cluster, Machine } from "../../config/model";
import type { Api } from "../../config/model/api";
import type { Arrow, Box } from "../picture";
import { endAt } from "./boxes";

/** apiBox: where operators and nodes reach Kubernetes. @see https://docs.rke2.io/install/requirements#networking */
export function apiBox({ api }: Cluster): Box {
  return {
    id: "api",
    kind: "api",
    title: "Kubernetes API",
    lines: [api.address, holderOf(api)],
    rows: [
      { id: "ask", text: "kubectl and nodes", note: "TCP 6443" },
      { id: "join", text: "nodes that join", note: "TCP 9345" },
    ],
  };
}

/** apiArrows from the address to each machine that may hold it. */
export function apiArrows(cluster: Cluster): Arrow[] {
  return holdersOf(cluster).map((machine) => ({ from: { box: "api" }, to: endAt(machine) }));
}

function holderOf({ through }: Api): string {
  switch (through) {
    case "kube-vip":
      return "kube-vip, on one server at a time";
    case "haproxy":
      return "on one load balancer at a time";
    case "first-server":
      return "the first server's own";
  }
}

function holdersOf(cluster: Cluster): readonly Machine[] {
  switch (cluster.api.through) {
    case "kube-vip":
      return cluster.servers;
    case "haproxy":
      return loadBalancersOf(cluster);
    case "first-server":
      return cluster.servers.slice(0, 1);
  }
}
