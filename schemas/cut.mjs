// Cuts schemas/proxmox.json, the excerpt that .gen is made of, out of the provider's whole schema:
//   terraform providers schema -json | node schemas/cut.mjs
import { writeFileSync } from "node:fs";
import { json } from "node:stream/consumers";

const kept = {
  resource_schemas: [
    "proxmox_download_file",
    "proxmox_virtual_environment_file",
    "proxmox_virtual_environment_pool",
    "proxmox_virtual_environment_vm",
  ],
  data_source_schemas: [
    "proxmox_datastores",
    "proxmox_virtual_environment_nodes",
    "proxmox_virtual_environment_pool",
    "proxmox_virtual_environment_pools",
    "proxmox_virtual_environment_vms",
  ],
};

const whole = await json(process.stdin);
const source = "bpg/proxmox"; //
const [, provider] = Object.entries(whole.provider_schemas).find(([address]) =>
  address.endsWith(`/${source}`),
);

const excerpt = { provider: provider.provider };
for (const [section, names] of Object.entries(kept)) {
  excerpt[section] = Object.fromEntries(names.map((name) => [name, provider[section][name]]));
}

const file = new URL("proxmox.json", import.meta.url);
writeFileSync(
  file,
  `${JSON.stringify({ format_version: whole.format_version, provider_schemas: { [source]: excerpt } }, null, 1)}\n`,
);
