// Makes .gen/providers/proxmox, typed bindings for cdktf, from schemas/proxmox.json: about a second, offline.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import generator from "@cdktf/provider-generator";

const version = "0.111.1";

const schema = JSON.parse(readFileSync(new URL("proxmox.json", import.meta.url), "utf8"));
const [[source, provider]] = Object.entries(schema.provider_schemas);
const target = fileURLToPath(new URL("../.gen", import.meta.url));

// The generator asks for a registry's host in front; the bindings go without, so that each engine uses its own.
const address = `default/${source}`;

rmSync(target, { recursive: true, force: true });
await generator.generateProviderBindingsFromSchema(target, {
  ...schema,
  provider_schemas: { [address]: provider },
  provider_versions: { [address]: version },
});
const binding = `${target}/providers/proxmox/provider/index.ts`;
writeFileSync(binding, readFileSync(binding, "utf8").replaceAll(`'${address}'`, `'${source}'`));
