import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv, { type ValidateFunction } from "ajv";
import { z } from "zod";
import { referenceData } from "../reference-data";
import { everything } from "./clusters";
import { readYaml } from "./read-document";
import { skipped } from "../skipped";

const reason = `no reference data at ${referenceData}: set SLIPWAY_REFERENCE_DATA`;
const machines = everything.map((each) => [`${each.cluster}/${each.machine}`, each] as const);

if (existsSync(referenceData)) {
  test.each(machines)("%s has user-data that cloud-init's own schema accepts", (_, machine) => {
    expectValid(validator("cloud-init-schema-cloud-config-v1.json"), machine.userData);
  });

  test.each(machines)("%s has a network-config that cloud-init's own schema accepts", (_, machine) => {
    expectValid(validator("cloud-init-schema-network-config-v2.json"), machine.networkConfig);
  });

  test("refuses a document with a key that cloud-init does not know", () => {
    expect(() => {
      expectValid(validator("cloud-init-schema-cloud-config-v1.json"), "write_flies: []\n");
    }).toThrow();
    expect(() => {
      expectValid(validator("cloud-init-schema-network-config-v2.json"), "version: 2\nethernet: {}\n");
    }).toThrow();
  });
} else {
  skipped("cloud-init's JSON schemas accept every document", reason);
}

const validators = new Map<string, ValidateFunction>();

function validator(file: string): ValidateFunction {
  const known = validators.get(file);
  if (known !== undefined) return known;
  const schema = z
    .record(z.string(), z.unknown())
    .parse(JSON.parse(readFileSync(join(referenceData, "schemas", file), "utf8")));
  // The cloud-config schema says draft 4, of which it uses nothing that draft 7 reads otherwise.
  const { $schema, ...body } = schema;
  expect($schema).toMatch(/draft-0[47]\/schema#$/);
  const made = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(body);
  validators.set(file, made);
  return made;
}

function expectValid(validate: ValidateFunction, text: string): void {
  validate(readYaml(text));
  expect(validate.errors ?? []).toEqual([]);
}
