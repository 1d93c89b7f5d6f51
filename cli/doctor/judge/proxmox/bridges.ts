import type { Cluster } from "../../../../config/model";
import { type Finding, ok, problem, unchecked } from "../../finding";
import { failureOf } from "../../reading";
import type { HostAnswers, Inside } from "./answers";
import { holds } from "./privileges";

/** bridgeFindings of a host: the machines' bridge is there and up. */
export function bridgeFindings(
  { proxmox: { bridge } }: Cluster,
  host: string,
  { network }: HostAnswers,
  inside: Inside,
): Finding[] {
  if (network.kind !== "read") return [unchecked(`bridge of ${host}`, failureOf(network))];
  const bridges = network.value.filter(({ type }) => kinds.has(type));
  const found = bridges.find(({ iface }) => iface === bridge);
  if (found?.active === true) return [ok(`${host} has ${bridge}`)];
  if (found !== undefined) {
    return [
      problem("doctor/bridge-down", "proxmox.bridge", {
        found: `${bridge} on ${host} is not active`,
        why: "machines there would have no network",
        fix: `ifup ${bridge} on ${host}, or Network > Apply Configuration`,
      }),
    ];
  }
  const path = `/sdn/zones/localnetwork/${bridge}`;
  if (!holds(inside, path, "SDN.Use"))
    return [unchecked(`bridge ${bridge} on ${host}`, `the credential may not see it: privileges on ${path}`)];
  return [
    problem("doctor/no-bridge", "proxmox.bridge", {
      found: `${host} has no bridge ${bridge}${bridges.length === 0 ? "" : `; it has ${bridges.map(({ iface }) => iface).join(", ")}`}`,
      why: `machines on ${host} are connected to it`,
      fix: `name one that every host has, or make ${bridge} on ${host}`,
    }),
  ];
}

/** kinds of interface that a machine can be connected to, as Proxmox names them. */
const kinds: ReadonlySet<string> = new Set(["bridge", "OVSBridge", "vnet"]);
