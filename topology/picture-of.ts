import { machinesOf } from "../config/load-balancers";
import type { Cluster, Model } from "../config/model";
import { counted, listOf } from "../config/words";
import { machinesPart } from "./machines";
import type { Picture, Sheet } from "./picture";
import { requestsPart } from "./requests";

/** pictureOf a model: a sheet for each cluster of the file. */
export function pictureOf({ clusters }: Model): Picture {
  return { sheets: clusters.map(sheetOf) };
}

function sheetOf(cluster: Cluster): Sheet {
  const { name, network } = cluster;
  return {
    title: name,
    subtitle: `${crewOf(cluster)} in ${network.nodes.cidr}`,
    description: descriptionOf(cluster),
    parts: [requestsPart(cluster), machinesPart(cluster)],
  };
}

function crewOf(cluster: Cluster): string {
  const count = (role: string) => machinesOf(cluster).filter((machine) => machine.role === role).length;
  const balancers = count("load-balancer");
  return listOf([
    counted(count("server"), "server"),
    counted(count("agent"), "worker"),
    ...(balancers === 0 ? [] : [counted(balancers, "load balancer")]),
  ]);
}

function descriptionOf(cluster: Cluster): string {
  const { name, proxmox, api, edge, ingress, routes, services } = cluster;
  return [
    `The cluster ${name}: ${crewOf(cluster)} on ${counted(proxmox.hosts.length, "Proxmox host")}.`,
    `The Kubernetes API is at ${api.address}.`,
    edge === undefined
      ? "No proxy stands in front."
      : `Nginx Proxy Manager stands in front, at ${edge.address}.`,
    ingress === undefined
      ? "There is no ingress."
      : `The ingress answers at ${ingress.address}: ${counted(routes.length, "route")} to ${counted(services.length, "service")}.`,
  ].join(" ");
}
