import { checkArguments } from "./arguments";
import type { Rke2Config } from "./config";
import { checkHardening } from "./hardening";
import { importImages } from "./images";
import type { Role } from "./keys";
import { readRegistries } from "./registries";
import { checkSnapshots } from "./snapshots";
import type { Guest } from "./world";

/** checkStart throws what keeps RKE2 or one of its programs from running on this machine as it is configured. */
export function checkStart(guest: Guest, config: Rke2Config, role: Role, version: string): void {
  checkHardening(guest, config, role);
  checkArguments(config, role);
  readRegistries(guest.root);
  if (role === "server") checkSnapshots(guest.root, config);
  importImages(guest, version);
}
