import type { Access } from "./client/access";
import { ApiError, UnknownKind } from "./client/api-error";
import { Connections } from "./client/connections";
import { type ApiResource, Discovery } from "./client/discovery";
import { ask, type Question } from "./client/exchange";
import type { JsonObject, KubernetesObjectLike, ObjectReference } from "./contract";
import { isKubernetesObject, isObject, listAt, objectOf } from "./json";

export type { Access } from "./client/access";
export { ApiError, ConnectionError, UnknownKind } from "./client/api-error";
export type { ApiResource } from "./client/discovery";

/** KubernetesClient is what a program asks of a cluster's API. Kinds are looked up at the API; unknown ones throw UnknownKind. */
export interface KubernetesClient {
  /** ask any path of the API, for what the methods below do not cover. */
  ask(question: Question): Promise<JsonObject>;
  /** resourceOf a kind; undefined when the API does not serve it now. */
  resourceOf(apiVersion: string, kind: string): Promise<ApiResource | undefined>;
  /** versionsOf a group that the API serves, as apiVersion writes them. */
  versionsOf(group: string): Promise<readonly string[]>;
  /** get an object; undefined when it is not there. */
  get(reference: ObjectReference): Promise<KubernetesObjectLike | undefined>;
  /** list the objects of a kind, in one namespace or everywhere. */
  list(kind: ListedKind): Promise<readonly KubernetesObjectLike[]>;
  /** create an object, and fail when it is there. */
  create(object: KubernetesObjectLike): Promise<KubernetesObjectLike>;
  /** apply on the server's side: the manager owns what the object says, and what it said before is taken away. */
  apply(object: KubernetesObjectLike, options: ApplyOptions): Promise<KubernetesObjectLike>;
  /** patch merges change into an object (RFC 7386): null removes a field. */
  patch(reference: ObjectReference, change: JsonObject): Promise<KubernetesObjectLike>;
  /** delete asks for it and does not wait; false when the object is not there. */
  delete(reference: ObjectReference, propagation?: Propagation): Promise<boolean>;
}

export interface ListedKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  /** labels that an object must have. */
  readonly labels?: Readonly<Record<string, string>>;
}

export interface ApplyOptions {
  /** manager, the field manager. */
  readonly manager: string;
  /** force takes fields from managers that say otherwise; without it that is a conflict. */
  readonly force: boolean;
  /** dryRun: the API answers as if, and keeps nothing. */
  readonly dryRun?: true;
}

export type Propagation = "Foreground" | "Background" | "Orphan";

/** kubernetesClient asks the API at access.host. Fields that a kind does not have are refused on every write. */
export function kubernetesClient(access: Access): KubernetesClient {
  const connections = new Connections(access);
  const discovery = new Discovery(connections);
  const strict = { fieldValidation: "Strict" };
  const pathOf = async ({ apiVersion, kind, namespace }: Omit<ListedKind, "labels">): Promise<string> => {
    const resource = await discovery.resourceOf(apiVersion, kind);
    if (resource === undefined) throw new UnknownKind(apiVersion, kind);
    const home = resource.namespaced && namespace !== undefined ? `/namespaces/${namespace}` : "";
    return `${resource.path}${home}/${resource.plural}`;
  };
  const pathTo = async (reference: ObjectReference): Promise<string> =>
    `${await pathOf(reference)}/${reference.name}`;

  return {
    ask: (question) => ask(connections, question),
    resourceOf: (apiVersion, kind) => discovery.resourceOf(apiVersion, kind),
    versionsOf: (group) => discovery.versionsOf(group),
    async get(reference) {
      const path = await pathTo(reference);
      return unlessNotFound(async () => objectOf(await ask(connections, { method: "GET", path })));
    },
    async list(kind) {
      const labels = Object.entries(kind.labels ?? {}).map(([key, value]) => `${key}=${value}`);
      const query = labels.length === 0 ? {} : { labelSelector: labels.join(",") };
      const found = await ask(connections, { method: "GET", path: await pathOf(kind), query });
      const { apiVersion } = kind;
      return listAt(found, "items").flatMap((item) => {
        const whole: unknown = isObject(item) ? { apiVersion, kind: kind.kind, ...item } : item;
        return isKubernetesObject(whole) ? [whole] : [];
      });
    },
    async create(object) {
      const { apiVersion, kind, metadata } = object;
      const path = await pathOf({ apiVersion, kind, ...home(metadata.namespace) });
      return objectOf(await ask(connections, { method: "POST", path, query: strict, body: object }));
    },
    async apply(object, { manager, force, dryRun }) {
      const query = {
        ...strict,
        fieldManager: manager,
        force: String(force),
        ...(dryRun === true && { dryRun: "All" }),
      };
      const contentType = "application/apply-patch+yaml";
      const path = await pathTo(referenceTo(object));
      return objectOf(await ask(connections, { method: "PATCH", path, query, contentType, body: object }));
    },
    async patch(reference, change) {
      const contentType = "application/merge-patch+json";
      const path = await pathTo(reference);
      return objectOf(
        await ask(connections, { method: "PATCH", path, query: strict, contentType, body: change }),
      );
    },
    async delete(reference, propagation) {
      const path = await pathTo(reference);
      const body = {
        kind: "DeleteOptions",
        apiVersion: "v1",
        ...(propagation !== undefined && { propagationPolicy: propagation }),
      };
      return (await unlessNotFound(() => ask(connections, { method: "DELETE", path, body }))) !== undefined;
    },
  };
}

/** referenceTo an object: its name and where it is. */
export function referenceTo({ apiVersion, kind, metadata }: KubernetesObjectLike): ObjectReference {
  return { apiVersion, kind, name: metadata.name, ...home(metadata.namespace) };
}

function home(namespace: string | undefined): { readonly namespace?: string } {
  return namespace === undefined ? {} : { namespace };
}

async function unlessNotFound<T>(answer: () => Promise<T>): Promise<T | undefined> {
  try {
    return await answer();
  } catch (error) {
    if (error instanceof ApiError && error.code === 404) return undefined;
    throw error;
  }
}
