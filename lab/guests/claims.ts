import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { PoweredMachine } from "../machine";
import type { GuestNetwork } from "./cloud-init/network-config";
import { keep } from "./disks";
import { violate } from "./rke2/world";
import type { Surroundings } from "./surroundings";

/** claim notes who has an address or a machine-id while the machine is on; two at once are a violation. */
export function claim(
  around: Surroundings,
  machine: PoweredMachine,
  root: string,
  network: GuestNetwork,
): () => void {
  const idFile = join(root, "etc/machine-id");
  const present = existsSync(idFile) ? readFileSync(idFile, "utf8").trim() : "";
  const id = /^[0-9a-f]{32}$/.test(present) ? present : randomBytes(16).toString("hex");
  keep(root, "etc/machine-id", `${id}\n`);
  const mine = [
    `machine-id ${id}`,
    ...network.interfaces.flatMap((nic) => nic.addresses.map(({ address }) => `address ${address}`)),
  ];
  for (const thing of mine) {
    const other = around.claims.get(thing);
    if (other === undefined) around.claims.set(thing, machine.name);
    else violate(around.world, `${thing} belongs to ${other} and to ${machine.name}`);
  }
  return () => {
    for (const thing of mine) if (around.claims.get(thing) === machine.name) around.claims.delete(thing);
  };
}
