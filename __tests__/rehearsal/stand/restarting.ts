import type { LabSite } from "../../../lab/site";
import type { Standing } from "./standing";

/**
 * slowToRestart: Proxmox calls a machine running, and the API its node Ready, for a while before anything runs on it
 * again.
 */
export const slowToRestart = (site: LabSite): LabSite => ({ ...site, restartMilliseconds: 5_000 });

/** plannedActions by address, gates without the number that cdktf gives them. */
export async function plannedActions({ program }: Standing): Promise<Record<string, readonly string[]>> {
  const changes = await program.plan();
  return Object.fromEntries(
    changes.map(({ address, actions }) => [address.replace(/_[0-9A-F]{8}$/, ""), actions]),
  );
}

/** changedAndAwaited: the machines are changed in place, and each one's gate is to be passed again. */
export function changedAndAwaited(machines: readonly string[]): Record<string, readonly string[]> {
  return {
    ...Object.fromEntries(machines.map((name) => [`proxmox_virtual_environment_vm.${name}`, ["update"]])),
    ...Object.fromEntries(machines.map((name) => [`null_resource.${name}_ready`, ["delete", "create"]])),
  };
}
