import type { DraftAddressPool } from "../draft/load-balancer";
import type { Reservation } from "../draft/reservations";
import type { MachineProxy } from "../model";
import type { Cni } from "../model/cni";
import type { Ingress } from "../model/ingress";
import type { AddressPool } from "../model/load-balancer";
import { contains, ipv4Number } from "../network";
import type { Ipv4Range } from "../network";
import type { ClusterInput } from "../schema";

/** addressPoolOf a pool of the file: what anybody may ask of it reserved is taken out of what it gives out by itself. */
export function addressPoolOf(
  { name, pool }: DraftAddressPool,
  reservations: readonly Reservation[],
): AddressPool {
  const asked = reservations.filter((reservation) => reservation.pool === name);
  const inside = [...new Set(asked.map(({ address }) => address))]
    .filter((address) => pool.addresses.some((range) => contains(range, ipv4Number(address))))
    .sort((a, b) => ipv4Number(a) - ipv4Number(b));
  return {
    name,
    addresses: without(pool.addresses, inside.map(ipv4Number)),
    reserved: inside,
    autoAssign: pool.autoAssign ?? true,
    avoidBuggyIps: pool.avoidBuggyIps ?? false,
    announce: { nodeLabels: pool.nodes ?? {}, interfaces: pool.interfaces ?? [] },
  };
}

/** ingressOf a cluster; only the edge proxy's word about visitors is taken. */
export function ingressOf({ ingress, edge }: ClusterInput): Ingress | undefined {
  if (ingress === undefined) return undefined;
  const { controller, carriedBy, address } = ingress;
  return {
    engine: controller === "gateway-api" ? `gateway-api/${carriedBy ?? "traefik"}` : controller,
    address,
    replicas: ingress.replicas ?? 2,
    trusts: edge === undefined ? [] : [edge.nginxProxyManager.address],
    proxyProtocol: ingress.proxyProtocol ?? [],
    accessLogs: ingress.accessLogs ?? true,
    metrics: ingress.metrics ?? false,
  };
}

/** machineProxyOf a cluster: what nodes say among themselves never goes through it. */
export function machineProxyOf({ network, api }: ClusterInput): MachineProxy | undefined {
  if (network.proxy === undefined) return undefined;
  const own = [network.nodes.cidr, network.pods.cidr, network.services.cidr, api.address];
  return {
    url: network.proxy.url,
    except: ["localhost", "127.0.0.0/8", ...own, ".svc", ".cluster.local", ...(network.proxy.except ?? [])],
  };
}

/** cniOf a cluster. The encapsulations' overhead: flannel and Calico VXLAN 50 bytes, IPIP 20. */
export function cniOf({ network, rke2 }: ClusterInput): Cni {
  const written = rke2.cni ?? "canal";
  const nic = network.mtu ?? 1500;
  if (written === "canal") return { kind: "canal", mtu: nic - 50 };
  if (written === "calico" || (typeof written === "object" && "calico" in written)) {
    const encapsulation = (written === "calico" ? undefined : written.calico.encapsulation) ?? "VXLAN";
    return { kind: "calico", encapsulation, mtu: nic - (encapsulation === "IPIP" ? 20 : 50) };
  }
  const kubeProxyReplacement = written === "cilium" ? undefined : written.cilium.kubeProxyReplacement;
  return { kind: "cilium", kubeProxyReplacement: kubeProxyReplacement ?? false, mtu: nic - 50 };
}

/** without: ranges less some addresses, in the ranges' order. */
function without(ranges: readonly Ipv4Range[], addresses: readonly number[]): Ipv4Range[] {
  return ranges.flatMap((range) => {
    const inside = addresses.filter((address) => contains(range, address));
    const firsts = [range.first, ...inside.map((address) => address + 1)];
    const lasts = [...inside.map((address) => address - 1), range.last];
    return firsts.flatMap((first, index) => {
      const last = lasts[index] ?? range.last;
      return first <= last ? [{ first, last }] : [];
    });
  });
}
