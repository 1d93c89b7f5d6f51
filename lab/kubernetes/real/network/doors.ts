import type { Json, KubernetesObjectLike } from "../../contract";
import { at, listAt, numberAt, textAt, textsAt } from "../../json";
import { type Announcements, announcingNode } from "./announcement";
import { type Endpoint, endpointsOf } from "./endpoints";
import type { Backend } from "./forwarder";

/** Door is one address and port at which a Service answers, and the pods behind it. */
export interface Door {
  readonly address: string;
  readonly port: number;
  readonly endpoints: readonly Endpoint[];
  /** masquerade, the address that pods see; undefined = the client's own, where the lab can keep it. */
  readonly masquerade: string | undefined;
}

export interface ServiceObjects extends Announcements {
  readonly services: readonly KubernetesObjectLike[];
  readonly slices: readonly KubernetesObjectLike[];
  /** admitting, the backend in place of pods that do not run and whose Service has webhooks. */
  admitting(service: KubernetesObjectLike, endpoints: readonly Endpoint[]): Backend | undefined;
}

/** doorsOf all Services that have anybody behind them: cluster address, announced load balancer addresses, node ports. */
export function doorsOf(objects: ServiceObjects): readonly Door[] {
  return objects.services
    .flatMap((service) =>
      listAt(service, "spec", "ports").flatMap((port) => portDoors(service, port, objects)),
    )
    .filter((door) => door.endpoints.length > 0);
}

function portDoors(service: KubernetesObjectLike, entry: Json, objects: ServiceObjects): Door[] {
  const port = numberAt(entry, "port");
  if (port === undefined || (textAt(entry, "protocol") ?? "TCP") !== "TCP") return [];
  const endpoints = endpointsOf(service, textAt(entry, "name") ?? "", objects.slices);
  const nodePort = numberAt(entry, "nodePort");
  return [
    ...clusterAddresses(service).map((address) => clusterDoor(address, port, service, endpoints, objects)),
    ...balancerDoors(service, port, endpoints, objects),
    ...(nodePort === undefined ? [] : nodeDoors(service, nodePort, endpoints, objects)),
  ];
}

function clusterDoor(
  address: string,
  port: number,
  service: KubernetesObjectLike,
  endpoints: readonly Endpoint[],
  objects: ServiceObjects,
): Door {
  const admitting = endpoints.length === 0 ? undefined : objects.admitting(service, endpoints);
  if (admitting === undefined) return { address, port, endpoints, masquerade: undefined };
  return { address, port, endpoints: [{ ...admitting, node: "" }], masquerade: "127.0.0.1" };
}

function clusterAddresses(service: KubernetesObjectLike): readonly string[] {
  return textsAt(service, "spec", "clusterIPs").filter((address) => address !== "None");
}

/** balancerDoors: one node answers for the address, and sends on to all pods or, with policy Local, to its own. */
function balancerDoors(
  service: KubernetesObjectLike,
  port: number,
  endpoints: readonly Endpoint[],
  objects: ServiceObjects,
): Door[] {
  const isLocal = textAt(service, "spec", "externalTrafficPolicy") === "Local";
  return listAt(service, "status", "loadBalancer", "ingress").flatMap((ingress) => {
    const address = textAt(ingress, "ip");
    if (address === undefined) return [];
    const isHere = (node: string) => (endpoint: Endpoint) => endpoint.node === node;
    const node = announcingNode(address, objects, (name) => !isLocal || endpoints.some(isHere(name)));
    if (node === undefined) return [];
    return isLocal
      ? [{ address, port, endpoints: endpoints.filter(isHere(node)), masquerade: undefined }]
      : [{ address, port, endpoints, masquerade: addressOf(node, objects.nodes) }];
  });
}

function nodeDoors(
  service: KubernetesObjectLike,
  port: number,
  endpoints: readonly Endpoint[],
  { nodes }: ServiceObjects,
): Door[] {
  const isLocal = textAt(service, "spec", "externalTrafficPolicy") === "Local";
  return nodes.flatMap(({ metadata: { name } }): Door[] => {
    const address = addressOf(name, nodes);
    if (address === undefined) return [];
    const own = endpoints.filter(({ node }) => node === name);
    return isLocal
      ? [{ address, port, endpoints: own, masquerade: undefined }]
      : [{ address, port, endpoints, masquerade: address }];
  });
}

function addressOf(name: string, nodes: readonly KubernetesObjectLike[]): string | undefined {
  const node = nodes.find(({ metadata }) => metadata.name === name);
  const found = listAt(node, "status", "addresses").find((entry) => at(entry, "type") === "InternalIP");
  return textAt(found, "address");
}
