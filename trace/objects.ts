import { z } from "zod";

/** KubernetesObject as JSON: synthesized, or as the API has it. */
export type KubernetesObject = z.infer<typeof kubernetesObject>;

export const kubernetesObject = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({
    name: z.string(),
    namespace: z.string().optional(),
    labels: z.record(z.string(), z.string()).optional(),
    annotations: z.record(z.string(), z.string()).optional(),
  }),
});

/** ObjectRef names one object. */
export interface ObjectRef {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

export function refOf({ apiVersion, kind, metadata }: KubernetesObject): ObjectRef {
  const { name, namespace } = metadata;
  return { apiVersion, kind, name, ...(namespace === undefined ? {} : { namespace }) };
}

export function printRef({ kind, namespace, name }: Omit<ObjectRef, "apiVersion">): string {
  return `${kind} ${namespace === undefined ? "" : `${namespace}/`}${name}`;
}

/** Read is an object together with what its kind means to a request. */
export interface Read<T> {
  readonly ref: ObjectRef;
  readonly namespace: string;
  readonly value: T;
}

/** Objects of one cluster, found by kind. */
export class Objects {
  private readonly byKind = new Map<string, KubernetesObject[]>();

  constructor(objects: readonly KubernetesObject[]) {
    for (const object of objects) {
      const key = kindKey(object.apiVersion, object.kind);
      const list = this.byKind.get(key);
      if (list === undefined) this.byKind.set(key, [object]);
      else list.push(object);
    }
  }

  /** all of a kind, `<group>/<Kind>` (`/Service`), read by a schema; what the schema cannot read is a defect of ours. */
  all<T>(kind: string, schema: z.ZodType<T>): Read<T>[] {
    return (this.byKind.get(kind) ?? []).map((object) => ({
      ref: refOf(object),
      namespace: object.metadata.namespace ?? "",
      value: schema.parse(object),
    }));
  }

  one<T>(kind: string, schema: z.ZodType<T>, namespace: string, name: string): Read<T> | undefined {
    return this.all(kind, schema).find(({ ref }) => ref.name === name && (ref.namespace ?? "") === namespace);
  }

  /** has any object of a kind. */
  has(kind: string): boolean {
    return this.byKind.has(kind);
  }
}

function kindKey(apiVersion: string, kind: string): string {
  return `${apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : ""}/${kind}`;
}
