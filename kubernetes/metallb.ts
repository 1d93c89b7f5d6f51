import type { AddressPool } from "../config/model/load-balancer";
import { type Ipv4, type Ipv4Range, printIpv4, printRange } from "../config/network";
import { metalLbNamespace } from "./charts/metallb";
import type { KubernetesObject } from "./object";
import { omitEmpty } from "./omit-empty";

/**
 * poolObjects: what MetalLB gives out by itself, what it gives to those who ask, and who announces both. A pool
 * without an address is no pool to MetalLB, so neither is made empty.
 */
export function poolObjects(pool: AddressPool): readonly KubernetesObject[] {
  const pools = [
    ...(pool.addresses.length === 0 ? [] : [giving(pool)]),
    ...(pool.reserved.length === 0 ? [] : [reserved(pool)]),
  ];
  return pools.length === 0 ? [] : [...pools, advertisement(pool, pools)];
}

function giving({ name, addresses, autoAssign, avoidBuggyIps }: AddressPool): KubernetesObject {
  return {
    apiVersion: "metallb.io/v1beta1",
    kind: "IPAddressPool",
    metadata: { name, namespace: metalLbNamespace.name },
    spec: { addresses: addresses.map(rangeText), autoAssign, avoidBuggyIPs: avoidBuggyIps },
  };
}

function reserved({ name, reserved: addresses }: AddressPool): KubernetesObject {
  return {
    apiVersion: "metallb.io/v1beta1",
    kind: "IPAddressPool",
    metadata: { name: `${name}-reserved`, namespace: metalLbNamespace.name },
    spec: { addresses: addresses.map(addressText), autoAssign: false, avoidBuggyIPs: false },
  };
}

function advertisement(
  { name, announce }: AddressPool,
  pools: readonly KubernetesObject[],
): KubernetesObject {
  const { nodeLabels, interfaces } = announce;
  return {
    apiVersion: "metallb.io/v1beta1",
    kind: "L2Advertisement",
    metadata: { name, namespace: metalLbNamespace.name },
    spec: {
      ipAddressPools: pools.map(({ metadata }) => metadata.name),
      nodeSelectors: Object.keys(nodeLabels).length === 0 ? undefined : [{ matchLabels: nodeLabels }],
      interfaces: omitEmpty(interfaces),
    },
  };
}

/** rangeText as MetalLB reads it: a lone address needs its prefix. */
function rangeText(range: Ipv4Range): string {
  return range.first === range.last ? addressText(printIpv4(range.first)) : printRange(range);
}

function addressText(address: Ipv4): string {
  return `${address}/32`;
}
