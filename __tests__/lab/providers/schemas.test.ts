import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { referenceData } from "../../reference-data";
import { skipped } from "../../skipped";

const folder = join(referenceData, "schemas/providers");

const descriptions = ["description", "description_kind"];

const entries = z.record(z.string(), z.unknown());

const document = z.object({
  provider_schemas: z.record(
    z.string(),
    z.object({
      provider: z.unknown(),
      resource_schemas: z.record(z.string(), z.unknown()),
      data_source_schemas: z.record(z.string(), z.unknown()).default({}),
    }),
  ),
});

describe.each([
  { namespace: "hashicorp", name: "tls", version: "4.1.0", omitted: [] },
  { namespace: "hashicorp", name: "random", version: "3.7.2", omitted: ["bcrypt_hash"] },
  { namespace: "hashicorp", name: "null", version: "3.2.4", omitted: [] },
  { namespace: "hashicorp", name: "kubernetes", version: "2.38.0", omitted: [] },
  { namespace: "hashicorp", name: "helm", version: "3.1.1", omitted: [] },
  { namespace: "sander0542", name: "nginxproxymanager", version: "1.4.0", omitted: [] },
])("schemas/$name.json", ({ namespace, name, version, omitted }) => {
  const reference = join(folder, `${namespace}-${name}-${version}.json`);
  const claim = `says of every resource and data source in it what ${namespace}/${name} ${version} says`;

  if (!existsSync(reference)) {
    skipped(claim, "no reference data; SLIPWAY_REFERENCE_DATA names its folder");
    return;
  }

  const ours = read(join(__dirname, `../../../schemas/${name}.json`));
  const real = read(reference);

  it(claim, () => {
    expect(ours.provider).toEqual(real.provider);
    for (const section of ["resource_schemas", "data_source_schemas"] as const) {
      for (const [type, schema] of Object.entries(ours[section])) {
        expect({ type, schema }).toEqual({ type, schema: without(real[section][type], omitted) });
      }
    }
  });
});

interface Sections {
  readonly provider: unknown;
  readonly resource_schemas: Readonly<Record<string, unknown>>;
  readonly data_source_schemas: Readonly<Record<string, unknown>>;
}

function read(file: string): Sections {
  const [provider] = Object.values(document.parse(JSON.parse(readFileSync(file, "utf8"))).provider_schemas);
  if (provider === undefined) throw new Error(`${file} describes no provider.`);
  return {
    provider: without(provider.provider, []),
    resource_schemas: entries.parse(without(provider.resource_schemas, [])),
    data_source_schemas: entries.parse(without(provider.data_source_schemas, [])),
  };
}

/** without descriptions, and without the attributes a stand-in does not have. */
function without(value: unknown, omitted: readonly string[]): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const kept = Object.entries(value).filter(
    ([key, each]) => !omitted.includes(key) && !(descriptions.includes(key) && typeof each === "string"),
  );
  return Object.fromEntries(kept.map(([key, each]) => [key, without(each, omitted)]));
}
