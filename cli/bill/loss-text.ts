import type { Loss } from "../../placement/losses";
import { paint } from "../paint";
import { memoryText } from "./memory-text";

/** lossText of one host: what is left of the cluster, and what that means. */
export function lossText(loss: Loss, several: boolean): string {
  const { host, cluster, etcd, workers, loadBalancers } = loss;
  const left = [
    `etcd ${etcd.left} of ${etcd.of}`,
    `workers ${workers.left} of ${workers.of}`,
    ...(loadBalancers === undefined ? [] : [`load balancers ${loadBalancers.left} of ${loadBalancers.of}`]),
  ];
  const whose = several ? ` ${cluster}` : "";
  const room =
    workers.left === 0
      ? "no worker for pods"
      : `workers have ${workers.cores} cores, ${memoryText(workers.memory)}`;
  const meaning = `  ${meaningOf(loss)}; ${room}`;
  const shown = loss.api === "answers" ? meaning : paint.bad(process.stdout, meaning);
  return `losing host ${host} leaves${whose} ${left.join(", ")}\n${shown}\n`;
}

function meaningOf({ api, etcd, host }: Loss): string {
  switch (api) {
    case "answers":
      return "quorum holds, the API answers";
    case "no majority of etcd":
      return `quorum lost, etcd needs ${etcd.needs} of ${etcd.of}: no API until ${host} is back`;
    case "no load balancer":
      return `quorum holds, no API: no load balancer is left`;
    case "no first server":
      return `quorum holds, no API: its address is the first server's`;
  }
}
