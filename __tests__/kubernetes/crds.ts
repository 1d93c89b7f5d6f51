import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv, { type ErrorObject, type ValidateFunction } from "ajv";
import { parseAllDocuments } from "yaml";
import { z } from "zod";
import type { KubernetesObject } from "../../kubernetes/object";
import { referenceData } from "../reference-data";

const folder = join(referenceData, "crds");

/** noCrds, why objects cannot be held against upstream's definitions here; absent = they can. */
export const noCrds = existsSync(folder)
  ? undefined
  : `no reference data at ${referenceData}: set SLIPWAY_REFERENCE_DATA`;

/**
 * refusalsOf an object, as the API server words them with strict field validation: unknown fields, wrong types, a
 * namespace too many or missing, an entry twice in a list with keys. CEL rules need the real server. A kind without
 * a CRD is a mistake of the test.
 */
export function refusalsOf(object: KubernetesObject): readonly string[] {
  const kind = `${object.apiVersion}/${object.kind}`;
  const known = kinds().get(kind);
  if (known === undefined) throw new Error(`no CRD for ${kind} in ${folder}`);
  const { errorsOf, namespaced } = known;
  const fields = errorsOf(object).map(
    (error) => `${error.instancePath} ${error.message ?? ""} ${JSON.stringify(error.params)}`,
  );
  return [...fields, ...refusalsOfMetadata(object, namespaced)].map(
    (refusal) => `${object.kind} ${object.metadata.name}: ${refusal}`,
  );
}

/** hasCrd: its kind is defined by a CRD, not by Kubernetes itself. */
export function hasCrd(object: KubernetesObject): boolean {
  return kinds().has(`${object.apiVersion}/${object.kind}`);
}

function refusalsOfMetadata({ metadata }: KubernetesObject, namespaced: boolean): string[] {
  const labels = Object.values(metadata.labels ?? {});
  return [
    ...(/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/.test(metadata.name) ? [] : ["its name is no DNS name"]),
    ...(namespaced === (metadata.namespace !== undefined)
      ? []
      : [namespaced ? "it needs a namespace" : "its kind has no namespace"]),
    ...labels
      .filter((value) => !/^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/.test(value))
      .map((value) => `label value ${value}`),
  ];
}

interface Kind {
  readonly errorsOf: (object: KubernetesObject) => readonly ErrorObject[];
  readonly namespaced: boolean;
}

let read: ReadonlyMap<string, Kind> | undefined;

function kinds(): ReadonlyMap<string, Kind> {
  read ??= new Map(readdirSync(folder).flatMap((file) => kindsOf(join(folder, file))));
  return read;
}

function kindsOf(file: string): [string, Kind][] {
  return parseAllDocuments(readFileSync(file, "utf8"))
    .map((document) => crd.safeParse(document.toJS()))
    .flatMap((parsed) => (parsed.success ? [parsed.data.spec] : []))
    .flatMap(({ group, names, scope, versions }) =>
      versions.map(({ name, schema }): [string, Kind] => [
        `${group}/${name}/${names.kind}`,
        { errorsOf: validatorOf(schema.openAPIV3Schema), namespaced: scope === "Namespaced" },
      ]),
    );
}

/** validatorOf a schema, compiled when it is first asked: a test asks for few of a hundred kinds. */
function validatorOf(schema: Schema): Kind["errorsOf"] {
  let validate: ValidateFunction | undefined;
  return (object) => {
    validate ??= ajv.compile(
      strict({ ...schema, properties: { apiVersion: {}, kind: {}, ...schema.properties, metadata: {} } }),
    );
    validate(object);
    return validate.errors ?? [];
  };
}

/** strict schema: what a structural schema does not name is refused, as `fieldValidation=Strict` does. */
function strict(schema: Schema): Record<string, unknown> {
  const { properties, items, additionalProperties, ...rest } = schema;
  const open = schema["x-kubernetes-preserve-unknown-fields"] === true;
  return {
    ...rest,
    ...(schema["x-kubernetes-int-or-string"] === true ? { type: ["integer", "string"] } : {}),
    ...(properties === undefined ? {} : { properties: strictEach(properties) }),
    ...(items === undefined ? {} : { items: strict(items) }),
    ...(typeof additionalProperties === "object"
      ? { additionalProperties: strict(additionalProperties) }
      : schema.type === "object" && !open && additionalProperties !== true
        ? { additionalProperties: false }
        : {}),
  };
}

function strictEach(properties: Readonly<Record<string, Schema>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, strict(schema)]));
}

interface Schema {
  readonly [keyword: string]: unknown;
  readonly type?: string | undefined;
  readonly properties?: Readonly<Record<string, Schema>> | undefined;
  readonly items?: Schema | undefined;
  readonly additionalProperties?: Schema | boolean | undefined;
}

const schema: z.ZodType<Schema> = z.lazy(() =>
  z.looseObject({
    type: z.string().optional(),
    properties: z.record(z.string(), schema).optional(),
    items: schema.optional(),
    additionalProperties: z.union([z.boolean(), schema]).optional(),
  }),
);

const crd = z.object({
  kind: z.literal("CustomResourceDefinition"),
  spec: z.object({
    group: z.string(),
    names: z.object({ kind: z.string() }),
    scope: z.enum(["Namespaced", "Cluster"]),
    versions: z.array(z.object({ name: z.string(), schema: z.object({ openAPIV3Schema: schema }) })),
  }),
});

const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
ajv.addKeyword({
  keyword: "x-kubernetes-list-map-keys",
  type: "array",
  error: { message: "has an entry twice" },
  compile: (keys: readonly string[]) => (list: readonly Record<string, unknown>[]) =>
    new Set(list.map((entry) => JSON.stringify(keys.map((key) => entry[key])))).size === list.length,
});
