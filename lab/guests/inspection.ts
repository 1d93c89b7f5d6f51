import type { BreakableCluster } from "../kubernetes/contract";
import { restore } from "../kubernetes/restore";
import type { PoweredMachine } from "../machine";
import type { Console } from "./console";
import type { Holder, Vrrp } from "./load-balancer/vrrp";
import type { World } from "./rke2/world";

export interface Inspection {
  readonly clusters: readonly ClusterView[];
  /** violations, what must fail a rehearsal. */
  readonly violations: readonly string[];
  /** notes, where the lab stood in for something and did not check it. */
  readonly notes: readonly string[];
  /** held addresses that no machine has by itself, each with the machine that VRRP gave it to. */
  readonly held: ReadonlyMap<string, Holder>;
  /** lapses: each time that such an address was held and then by nobody, that address. */
  readonly lapses: readonly string[];
  /** machines, in the order they were switched on, each boot once. */
  readonly machines: readonly MachineView[];
}

export interface ClusterView extends BreakableCluster {
  readonly caHash: string;
  readonly quorum: boolean;
  readonly members: readonly { readonly name: string; readonly address: string; readonly alive: boolean }[];
  readonly nodes: readonly { readonly name: string; readonly address: string; readonly ready: boolean }[];
  /** outages: each time that a server stopped, the names of all that did not run then. */
  readonly outages: readonly (readonly string[])[];
  /** forgetPasswords of its nodes, as when their Secrets are deleted. */
  readonly forgetPasswords: () => void;
  /** apiAddress that kube-vip floats, and the member that holds it. */
  readonly apiAddress?: { readonly address: string; readonly holder?: string };
}

export interface MachineView {
  readonly vmId: number;
  readonly name: string;
  readonly host: string;
  /** console, what the machine would have printed. */
  readonly console: readonly string[];
  readonly errors: readonly string[];
  /** commands, `[status] command` as executed and `(call)` of a program the lab played. */
  readonly commands: readonly string[];
}

/** inspect is what an observer with sight of everything sees now. */
export function inspect(
  world: World,
  consoles: ReadonlyMap<PoweredMachine, Console>,
  notes: readonly string[],
  vrrp: Vrrp,
): Inspection {
  return {
    clusters: world.clusters.map((cluster) => ({
      caHash: cluster.caHash,
      quorum: cluster.hasQuorum(),
      outages: cluster.outages,
      members: [...cluster.members.values()].map(({ name, address, alive }) => ({ name, address, alive })),
      nodes: [...cluster.nodes.values()].map((node) => ({
        name: node.name,
        address: node.address,
        ready: cluster.ready(node),
      })),
      forgetPasswords: () => {
        cluster.forgetPasswords();
      },
      objects: async () => (await cluster.plane).objects(),
      deleteObject: async (reference) => (await cluster.plane).deleteObject(reference),
      restoreObject: async (object) => restore(await cluster.plane, object),
      ...(cluster.kubeVip === undefined
        ? {}
        : { apiAddress: { address: cluster.kubeVip.address, ...holderOf(cluster.holder()) } }),
    })),
    violations: [...world.violations],
    notes: [...notes],
    held: vrrp.holders(),
    lapses: [...vrrp.lapses],
    machines: [...consoles].map(([{ vmId, name, host }, console]) => ({
      vmId,
      name,
      host,
      console: [...console.lines],
      errors: [...console.errors],
      commands: [...console.commands],
    })),
  };
}

function holderOf(holder: string | undefined): { holder?: string } {
  return holder === undefined ? {} : { holder };
}
