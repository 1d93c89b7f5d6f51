import { existsSync } from "node:fs";
import { join } from "node:path";
import { referenceData } from "../../../reference-data";

const file = join(referenceData, "schemas", "pve-api.json");

/** publishedApi, Proxmox's own description of its API, with which the lab checks every request. */
export const publishedApi = (): string | undefined => (existsSync(file) ? file : undefined);
