import { inOwnNetwork } from "../../engine/own-network";
import { findNginx } from "./find-nginx";
import type { Nginx } from "./nginx";
import { readNginx } from "./read-nginx";
import { realNginx } from "./real-nginx";
import { testingNginx } from "./testing-nginx";

/** chooseNginx: one that serves where the lab has a network of its own, else one that tests its files, else a reader. */
export async function chooseNginx(folder: string, address: string, path: string): Promise<Nginx> {
  const binary = await findNginx(path);
  if (binary === undefined) return readNginx(folder);
  return inOwnNetwork() ? realNginx(binary, folder, address) : testingNginx(binary, folder);
}
