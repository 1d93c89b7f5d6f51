import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

const folder = process.env["SLIPWAY_REFERENCE_DATA"] ?? resolve(__dirname, "../../../../../shared/data");
const file = join(folder, "schemas", "pve-api.json");

/** publishedApi, Proxmox's own description of its API, with which the lab checks every request. */
export const publishedApi = (): string | undefined => (existsSync(file) ? file : undefined);
