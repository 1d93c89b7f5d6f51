import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { referenceData } from "../../reference-data";
import { skipped } from "./skipped";

const folder = join(referenceData, "schemas/providers");

const descriptions = ["description", "description_kind"];

const document = z.object({
  provider_schemas: z.record(
    z.string(),
    z.object({ provider: z.unknown(), resource_schemas: z.record(z.string(), z.unknown()) }),
  ),
});

describe.each([
  { name: "tls", version: "4.1.0", omitted: [] },
  { name: "random", version: "3.7.2", omitted: ["bcrypt_hash"] },
  { name: "null", version: "3.2.4", omitted: [] },
  { name: "kubernetes", version: "2.38.0", omitted: [] },
  { name: "helm", version: "3.1.1", omitted: [] },
])("schemas/$name.json", ({ name, version, omitted }) => {
  const reference = join(folder, `hashicorp-${name}-${version}.json`);
  const claim = `says of every resource in it what hashicorp/${name} ${version} says`;

  if (!existsSync(reference)) {
    skipped(claim, "no reference data; SLIPWAY_REFERENCE_DATA names its folder");
    return;
  }

  const ours = read(join(__dirname, `../../../schemas/${name}.json`));
  const real = read(reference);

  it(claim, () => {
    expect(ours.provider).toEqual(real.provider);
    for (const [type, schema] of Object.entries(ours.resource_schemas)) {
      expect({ type, schema }).toEqual({ type, schema: without(real.resource_schemas[type], omitted) });
    }
  });
});

function read(file: string): { provider: unknown; resource_schemas: Record<string, unknown> } {
  const [provider] = Object.values(document.parse(JSON.parse(readFileSync(file, "utf8"))).provider_schemas);
  if (provider === undefined) throw new Error(`${file} describes no provider.`);
  return {
    provider: without(provider.provider, []),
    resource_schemas: z.record(z.string(), z.unknown()).parse(without(provider.resource_schemas, [])),
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
