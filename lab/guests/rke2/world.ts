import type { LabNetwork } from "../../network/contract";
import type { GuestNetwork } from "../cloud-init/network-config";
import type { Console } from "../console";
import type { StartControlPlane } from "../../kubernetes/contract";
import type { Kernel } from "../system/kernel";
import type { Cluster } from "./cluster";
import type { Kubelets } from "./kubelets";

/** Guest is what RKE2 sees of the machine it runs on. */
export interface Guest {
  readonly machine: string;
  readonly root: string;
  readonly hostname: string;
  readonly network: GuestNetwork;
  readonly console: Console;
  readonly kernel: Pick<Kernel, "setting">;
  /** reach gives the loopback port behind host:port as this machine's own network leads there. */
  reach(host: string, port: number): number | undefined;
}

/** World is what no machine sees: every cluster of the lab and what must never happen in it. */
export interface World {
  readonly network: LabNetwork;
  readonly clusters: Cluster[];
  readonly kubelets: Kubelets;
  readonly startControlPlane: StartControlPlane;
  readonly violations: string[];
}

/** violate records, once, what a rehearsal must fail for. */
export function violate(world: World, text: string): void {
  if (!world.violations.includes(text)) world.violations.push(text);
}
