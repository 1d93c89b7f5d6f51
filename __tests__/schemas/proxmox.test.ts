import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { findEngine } from "../../lab/engine/engine";
import { scratchEnvironment } from "../../lab/engine/environment";
import { writeRequirements } from "../../lab/engine/provider-addresses";
import { supplyProviders } from "../../lab/engine/provider-supply";
import { run } from "../../lab/engine/run";

const project = resolve(__dirname, "../..");
const proxmox = { source: "bpg/proxmox", version: "0.111.1" };

interface Schemas {
  readonly provider_schemas: Readonly<Record<string, ProviderSchema>>;
}
interface ProviderSchema {
  readonly provider: unknown;
  readonly resource_schemas: Readonly<Record<string, unknown>>;
  readonly data_source_schemas: Readonly<Record<string, unknown>>;
}

describe("schemas/proxmox.json, which .gen is made of", () => {
  const excerpt = ((): ProviderSchema | undefined => {
    const file = readFileSync(join(project, "schemas/proxmox.json"), "utf8");
    const schemas: Schemas = JSON.parse(file);
    return schemas.provider_schemas[proxmox.source];
  })();

  it("is what the real provider says of itself, part for part", async () => {
    const real = await realSchema();
    expect(excerpt?.provider).toEqual(real.provider);
    for (const section of ["resource_schemas", "data_source_schemas"] as const) {
      const kept = Object.entries(excerpt?.[section] ?? {});
      expect(kept.length).toBeGreaterThan(0);
      for (const [name, schema] of kept) expect({ [name]: schema }).toEqual({ [name]: real[section][name] });
    }
  });

  it("has no part that no construct and no stack uses", () => {
    const bindings = ["resource_schemas", "data_source_schemas"] as const;
    const names = bindings.flatMap((section) =>
      Object.keys(excerpt?.[section] ?? {}).map((name) =>
        [
          section === "data_source_schemas" ? "data-" : "",
          name.replace(/^proxmox_/, section === "data_source_schemas" ? "proxmox_" : ""),
        ]
          .join("")
          .replaceAll("_", "-"),
      ),
    );
    const code = [
      "cluster-templates",
      "cloud-init-drive",
      "proxmox-vm-template",
      "proxmox-preflight",
      "proxmox-pool",
    ]
      .map((file) => readFileSync(join(project, "constructs", `${file}.ts`), "utf8"))
      .concat(readFileSync(join(project, "stacks/machines.ts"), "utf8"))
      .join("\n");
    for (const name of names) expect(code).toContain(`.gen/providers/proxmox/${name}"`);
  });
});

async function realSchema(): Promise<ProviderSchema> {
  const scratch = mkdtempSync(join(tmpdir(), "slipway-schema-"));
  try {
    const say = (): void => undefined;
    const engine = await findEngine(process.env, say);
    const { cliConfigFile } = await supplyProviders(engine, [proxmox], scratch, say);
    await writeRequirements(scratch, [proxmox]);
    const environment = { ...(await scratchEnvironment(scratch)), TF_CLI_CONFIG_FILE: cliConfigFile };
    const ask = (...args: string[]) =>
      run({ file: engine.file, args, cwd: scratch, environment, seconds: 120 });
    const initialized = await ask("init", "-no-color");
    if (initialized.code !== 0) throw new Error(initialized.output);
    const asked = await ask("providers", "schema", "-json");
    const schemas: Schemas = JSON.parse(asked.stdout);
    const [schema] = Object.values(schemas.provider_schemas);
    if (schema === undefined) throw new Error(asked.output);
    return schema;
  } finally {
    rmSync(scratch, { recursive: true });
  }
}
