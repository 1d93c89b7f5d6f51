import type { LabAuthority, LabNetwork } from "../network/contract";
import type { Dhcp } from "./dhcp";
import type { Disks } from "./disks";
import type { Vrrp } from "./load-balancer/vrrp";
import type { ReleaseSite } from "./release-site";
import type { ReleaseFolder } from "../site";
import type { World } from "./rke2/world";
import type { Clock } from "./system/clock";

/** Surroundings are what all machines of the lab share. */
export interface Surroundings {
  readonly network: LabNetwork;
  readonly authority: LabAuthority;
  readonly world: World;
  readonly disks: Disks;
  readonly dhcp: Dhcp;
  readonly release: ReleaseSite;
  /** onDisk, the releases that the template has in a folder. */
  readonly onDisk: readonly ReleaseFolder[];
  /** proxies of the site, by their URLs; with any, machines do not reach the outside directly. */
  readonly proxies: readonly string[];
  /** restartMilliseconds until a machine that has run before starts its services. */
  readonly restartMilliseconds: number;
  readonly vrrp: Vrrp;
  readonly clock: Clock;
  /** folder for what belongs to a machine while it is on. */
  readonly folder: string;
  /** notes, what the lab could not do as the real thing does. */
  readonly notes: string[];
  /** claims: which running machine has an address or a machine-id. */
  readonly claims: Map<string, string>;
}
