import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { standInImages } from "../releases";
import type { Guest } from "./world";

const folder = "var/lib/rancher/rke2/agent/images";

/** importImages of the archives that were put on the machine; one of another release has none that this one asks for. */
export function importImages(guest: Guest, version: string): void {
  const path = join(guest.root, folder);
  for (const file of existsSync(path) ? readdirSync(path).sort() : []) {
    const packed = standInImages(readFileSync(join(path, file), "utf8"));
    if (packed === undefined) throw new Error(`/${folder}/${file}: it is no archive of images`);
    if (packed !== version) throw new Error(`/${folder}/${file} has the images of ${packed}, not ${version}`);
    guest.console.say(`rke2: images of ${file} imported`);
  }
}
