import { addressPoolsOf } from "./draft/load-balancer";
import type { DraftAddressPool } from "./draft/load-balancer";
import { edgeOf } from "./draft/edge";
import type { DraftEdge, DraftEdgeHost } from "./draft/edge";
import { isShared, loadBalancerPools, nodesOf, templateDiskOf, templatesOf } from "./draft/machines";
import type { DraftNode, DraftPool, DraftTemplate } from "./draft/machines";
import { referencesOf } from "./draft/references";
import type { Reference } from "./draft/references";
import { reservationsOf } from "./draft/reservations";
import type { Reservation } from "./draft/reservations";
import { routesOf } from "./draft/routes";
import type { DraftRoute } from "./draft/routes";
import { servicesOf } from "./draft/services";
import type { DraftService } from "./draft/services";
import type { Template } from "./model";
import { isPool, namedPools } from "./pools";
import type { Place } from "./problem";
import type { ClusterInput } from "./schema";
import { sourceOf } from "./source";
import type { GiB } from "./units";

export { isShared };
export type {
  DraftAddressPool,
  DraftEdge,
  DraftEdgeHost,
  DraftNode,
  DraftPool,
  DraftRoute,
  DraftService,
  DraftTemplate,
};

/** Draft is one cluster with everything derived that can be, sound or not: what rules look at and models are made of. */
export interface Draft {
  readonly input: ClusterInput;
  /** pools: the servers', then each of the workers', then the load balancers'. */
  readonly pools: readonly DraftPool[];
  readonly servers: readonly DraftNode[];
  readonly workers: readonly DraftNode[];
  /** nodes: servers, then workers. */
  readonly nodes: readonly DraftNode[];
  /** loadBalancers in front of the servers; none unless the API is reached through HAProxy. */
  readonly loadBalancers: readonly DraftNode[];
  /** machines: nodes, then load balancers. */
  readonly machines: readonly DraftNode[];
  readonly templates: readonly DraftTemplate[];
  readonly templateDisk: GiB;
  readonly source: Template["source"];
  /** addressPools of the load balancer. */
  readonly addressPools: readonly DraftAddressPool[];
  /** reservations of their addresses. */
  readonly reservations: readonly Reservation[];
  readonly services: readonly DraftService[];
  readonly routes: readonly DraftRoute[];
  /** edge, the proxy in front; absent = the file has none. */
  readonly edge?: DraftEdge;
  /** references: every place that names another entry, there or not. */
  readonly references: readonly Reference[];
  /** at is the place that these keys lead to in the operator's file. */
  readonly at: (...keys: string[]) => Place;
}

export function draftOf(input: ClusterInput, at: Draft["at"]): Draft {
  const servers: DraftPool = { role: "server", name: "server", pool: input.servers, keys: ["servers"] };
  const workers = namedPools(input.workers).map(([name, pool]): DraftPool => {
    return { role: "agent", name, pool, keys: isPool(input.workers) ? ["workers"] : ["workers", name] };
  });
  const serverNodes = nodesOf(input, servers);
  const workerNodes = workers.flatMap((pool) => nodesOf(input, pool));
  const nodes = [...serverNodes, ...workerNodes];
  const inFront = loadBalancerPools(input);
  const loadBalancers = inFront.flatMap((pool) => nodesOf(input, pool));
  const machines = [...nodes, ...loadBalancers];
  const addressPools = addressPoolsOf(input);
  const services = servicesOf(input);
  const routes = routesOf(input);
  const edge = edgeOf(input, routes);
  return {
    input,
    pools: [servers, ...workers, ...inFront],
    servers: serverNodes,
    workers: workerNodes,
    nodes,
    loadBalancers,
    machines,
    templates: templatesOf(input, machines),
    source: sourceOf(input),
    templateDisk: templateDiskOf(input),
    addressPools,
    reservations: reservationsOf(input, addressPools, services),
    services,
    routes,
    ...(edge === undefined ? {} : { edge }),
    references: referencesOf(input, services, routes, edge),
    at,
  };
}

/** sameProxmox: two clusters stand on one Proxmox, so that VM ids, names of pools and shared stores are one set. */
export function sameProxmox(a: Draft, b: Draft): boolean {
  const addresses = Object.values(a.input.proxmox.hosts).map(({ address }) => address);
  return (
    a.input.proxmox.endpoint === b.input.proxmox.endpoint ||
    Object.values(b.input.proxmox.hosts).some(({ address }) => addresses.includes(address))
  );
}
