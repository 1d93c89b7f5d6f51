import { mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Engine } from "./engine";
import { goBuild } from "./go-build";
import type { Part } from "./part";
import { providerAddresses, type RequiredProvider } from "./provider-addresses";
import { downloadProviders, installedVersion } from "./real-providers";

/** ProviderSupply says where the engine finds each provider, with no registry in reach during the rehearsal. */
export interface ProviderSupply {
  /** cliConfigFile, for TF_CLI_CONFIG_FILE. */
  readonly cliConfigFile: string;
  /** parts, the providers that are real. */
  readonly parts: readonly Part[];
  /** missing, the providers that only a stand-in can play. */
  readonly missing: readonly MissingProvider[];
}

export interface MissingProvider {
  /** address, in full: its registry's host, namespace and name. */
  readonly address: string;
  /** version that the program asks for. */
  readonly version: string;
}

/**
 * supplyProviders downloads every provider where their registry answers, else builds bpg/proxmox from its Go module.
 * Those whose source is in `played` are left to stand-ins in any case: there is nothing real for them to talk to.
 */
export async function supplyProviders(
  engine: Engine,
  required: readonly RequiredProvider[],
  scratch: string,
  say: (line: string) => void,
  played: readonly string[] = [],
): Promise<ProviderSupply> {
  const addresses = await providerAddresses(engine, required);
  const wantedReal = required.filter(({ source }) => !played.includes(source));
  const mirror = (await downloadProviders(engine, wantedReal, say)) ?? join(scratch, "mirror");
  const parts: Part[] = [];
  const missing: MissingProvider[] = [];
  for (const { source, version: wanted } of required) {
    const address = addresses.get(source) ?? source;
    if (played.includes(source)) {
      missing.push({ address, version: wanted });
      continue;
    }
    const version =
      (await installedVersion(mirror, address)) ??
      (source === proxmox.source ? await buildProxmox(engine, address, mirror, say) : undefined);
    if (version === undefined) missing.push({ address, version: wanted });
    else parts.push({ name: source, kind: "real", version });
  }
  return { cliConfigFile: await writeCliConfig(mirror, scratch), parts, missing };
}

const proxmox = {
  source: "bpg/proxmox",
  tool: {
    name: "bpg-proxmox",
    package: "github.com/bpg/terraform-provider-proxmox",
    module: "github.com/bpg/terraform-provider-proxmox",
  },
};

async function buildProxmox(
  engine: Engine,
  address: string,
  mirror: string,
  say: (line: string) => void,
): Promise<string> {
  const built = await goBuild(proxmox.tool, say);
  const name = `terraform-provider-proxmox_v${built.version}`;
  const place = join(mirror, ...address.split("/"), built.version, engine.platform, name);
  await mkdir(dirname(place), { recursive: true });
  await symlink(built.file, place);
  return built.version;
}

/** writeCliConfig leaves the mirror as the only place to install from: nothing is ever fetched "direct". */
async function writeCliConfig(mirror: string, scratch: string): Promise<string> {
  const file = join(scratch, "engine.tfrc");
  const path = JSON.stringify(mirror);
  await mkdir(mirror, { recursive: true });
  await writeFile(
    file,
    `disable_checkpoint = true\nprovider_installation {\n  filesystem_mirror { path = ${path} }\n}\n`,
  );
  return file;
}
