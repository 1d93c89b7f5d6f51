import type { Json, KubernetesObjectLike } from "../../contract";
import { isObject, listAt, numberAt, recordAt, sameJson, textAt, withField } from "../../json";
import { isIPv4 } from "node:net";
import { type Controller, readKey } from "../controller";
import type { Desk } from "../desk";
import { argumentOf } from "../installation";
import { addressesOf, controllerDeployment, metallb, servicesConcerned } from "./metallb";
import { addresses, holds, type Pool, poolOf } from "./pools";

const fromPool = "metallb.io/ip-allocated-from-pool";
const concerns = new Set(["IPAddressPool", "Namespace", "Deployment"]);

/** allocationController is MetalLB's controller: it gives Services of type LoadBalancer an address from a pool. */
export const allocationController: Controller = {
  name: "metallb-controller",
  concerned: (change, desk) => servicesConcerned(change, desk, concerns),
  reconcile(key, desk) {
    const { namespace, name } = readKey(key);
    const service = desk.find("v1", "Service", name, namespace);
    const deployment = controllerDeployment(desk);
    if (service === undefined || deployment === undefined) return undefined;
    if (textAt(service, "spec", "type") !== "LoadBalancer") {
      if (service.metadata.annotations?.[fromPool] !== undefined) release(service, desk);
      return undefined;
    }
    if (textAt(service, "spec", "loadBalancerClass") !== argumentOf(deployment, "lb-class")) return undefined;
    const pools = desk.every(metallb, "IPAddressPool", deployment.metadata.namespace).map(poolOf);
    try {
      assign(service, allocate(service, pools, desk), desk);
    } catch (error) {
      if (!(error instanceof Unassignable)) throw error;
      if (addressesOf(service).length > 0) release(service, desk);
      desk.tell(
        service,
        "Warning",
        "AllocationFailed",
        `Failed to allocate IP for "${key}": ${error.message}`,
      );
    }
    return undefined;
  },
};

class Unassignable extends Error {}

interface Assigned {
  readonly pool: Pool;
  readonly address: string;
}

function allocate(service: KubernetesObjectLike, pools: readonly Pool[], desk: Desk): Assigned {
  const wishes = annotation(service, "loadBalancerIPs") ?? textAt(service, "spec", "loadBalancerIP");
  const poolName = annotation(service, "address-pool");
  const home = desk.find("v1", "Namespace", service.metadata.namespace ?? "")?.metadata.labels ?? {};
  const allowed = pools.filter((pool) => pool.serves(service, home));
  if (wishes !== undefined) {
    const address = wishes.split(",")[0]?.trim() ?? "";
    if (!isIPv4(address)) throw new Unassignable(`invalid spec.loadBalancerIP "${address}"`);
    const pool = pools.find((one) => holds(one, address));
    if (pool === undefined) throw new Unassignable(`"${address}" is not allowed in config`);
    if (poolName !== undefined && poolName !== pool.name)
      throw new Unassignable(
        `requested loadBalancer IP(s) ["${address}"] does not belong to the desired address pool "${poolName}"`,
      );
    if (!allowed.includes(pool)) throw new Unassignable(`pool ${pool.name} not compatible for ip assignment`);
    const rival = rivalOf(service, address, desk);
    if (rival !== undefined) throw new Unassignable(rival);
    return { pool, address };
  }
  const [current] = addressesOf(service);
  const chosen =
    poolName === undefined ? candidates(allowed) : pools.filter((pool) => pool.name === poolName);
  if (poolName !== undefined && chosen.length === 0) throw new Unassignable(`unknown pool "${poolName}"`);
  const kept = pools.find(
    (pool) => current !== undefined && holds(pool, current) && (poolName ?? pool.name) === pool.name,
  );
  if (current !== undefined && kept !== undefined && rivalOf(service, current, desk) === undefined)
    return { pool: kept, address: current };
  for (const pool of chosen)
    for (const address of addresses(pool))
      if (rivalOf(service, address, desk) === undefined) return { pool, address };
  throw new Unassignable(
    poolName === undefined ? "no available IPs" : `no available IPs in pool "${poolName}"`,
  );
}

function candidates(pools: readonly Pool[]): readonly Pool[] {
  const open = pools.filter(({ autoAssign }) => autoAssign);
  return [...open].sort((one, other) => one.priority - other.priority || (one.name < other.name ? -1 : 1));
}

/** rivalOf an address: why a Service cannot have it beside those that do; undefined = it can. */
function rivalOf(service: KubernetesObjectLike, address: string, desk: Desk): string | undefined {
  const id = idOf(service);
  const key = annotation(service, "allow-shared-ip");
  for (const other of desk.every("v1", "Service")) {
    if (idOf(other) === id || !addressesOf(other).includes(address)) continue;
    const theirs = annotation(other, "allow-shared-ip");
    if (key === undefined || key !== theirs)
      return `can't change sharing key for "${id}", address also in use by ${idOf(other)}`;
    const taken = portsOf(service).find((port) => portsOf(other).includes(port));
    if (taken !== undefined) return `port ${taken} is already in use on "${address}"`;
    if (!sameJson(backend(service), backend(other)))
      return `can't change sharing key for "${id}", address also in use by ${idOf(other)}`;
  }
  return undefined;
}

function assign(service: KubernetesObjectLike, { pool, address }: Assigned, desk: Desk): void {
  const isNew = !addressesOf(service).includes(address);
  const now =
    service.metadata.annotations?.[fromPool] === pool.name
      ? service
      : desk.update({
          ...service,
          metadata: {
            ...service.metadata,
            annotations: { ...service.metadata.annotations, [fromPool]: pool.name },
          },
        });
  desk.setStatus(now, { loadBalancer: { ingress: [{ ip: address, ipMode: "VIP" }] } });
  if (isNew) desk.tell(now, "Normal", "IPAllocated", `Assigned IP ["${address}"]`);
}

function release(service: KubernetesObjectLike, desk: Desk): void {
  const metadata = withField(service.metadata, ["annotations", fromPool], undefined);
  const now = desk.update({ ...service, metadata: { ...metadata, name: service.metadata.name } });
  desk.setStatus(now, { loadBalancer: {} });
}

function annotation(service: KubernetesObjectLike, name: string): string | undefined {
  const { annotations = {} } = service.metadata;
  return annotations[`metallb.io/${name}`] ?? annotations[`metallb.universe.tf/${name}`];
}

/** backend that Services on one address must share: with policy Local, the same pods. */
function backend(service: KubernetesObjectLike): Json {
  const isLocal = textAt(service, "spec", "externalTrafficPolicy") === "Local";
  return isLocal ? recordAt(service, "spec", "selector") : "any";
}

function portsOf(service: KubernetesObjectLike): readonly string[] {
  return listAt(service, "spec", "ports")
    .filter(isObject)
    .map((port) => `${textAt(port, "protocol") ?? "TCP"}/${numberAt(port, "port") ?? 0}`);
}

function idOf({ metadata: { namespace = "", name } }: KubernetesObjectLike): string {
  return `${namespace}/${name}`;
}
