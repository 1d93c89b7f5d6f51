import { randomBytes, randomUUID } from "node:crypto";
import type { Json, JsonObject, KubernetesObjectLike, ObjectMetadata } from "../contract";
import { isObject, objectOf, sameJson, withoutFields } from "../json";
import { admitted, checkFields, checkNamespace, type Write } from "./admission";
import type { ClusterRanges } from "./cluster-ranges";
import { deletionOf, type Propagation } from "./deletion";
import { apiVersionOf, type Kind } from "./kind";
import { Kinds } from "./kinds";
import { fieldsOf } from "./ownership/fields";
import { mergePatched, merged, without } from "./ownership/merge";
import {
  afterApply,
  afterUpdate,
  conflictProblem,
  conflictsOf,
  isApplier,
  managedFields,
  type Owner,
  type Owners,
} from "./ownership/owners";
import { shapeOf } from "./ownership/shape";
import { alreadyExists, ApiProblem, badRequest, notFound, outdated } from "./problem";
import { readerOf, type Reader } from "./reader";
import { Store } from "./store";
import type { Verdict } from "./webhooks";

/** Api writes the store as an API server does: one way for HTTP requests and for the lab's own controllers. */
export class Api {
  readonly kinds = new Kinds();
  readonly store = new Store();
  readonly reader: Reader = readerOf(this.store);
  private readonly owners = new Map<string, Owners>();

  constructor(
    readonly ranges: ClusterRanges,
    private readonly verdicts: ReadonlyMap<string, Verdict> = new Map(),
  ) {}

  get(kind: Kind, namespace: string | undefined, name: string): KubernetesObjectLike {
    const found = this.store.get(kind, namespace, name);
    if (found === undefined) throw notFound(kind, name);
    return found;
  }

  create(kind: Kind, given: KubernetesObjectLike, write: Write): KubernetesObjectLike {
    const { generateName } = given.metadata;
    const named =
      typeof generateName === "string" && given.metadata.name === ""
        ? { ...given, metadata: { ...given.metadata, name: `${generateName}${suffix()}` } }
        : given;
    const draft = this.drafted(kind, named);
    if (this.store.get(kind, draft.metadata.namespace, draft.metadata.name) !== undefined)
      throw alreadyExists(kind, draft.metadata.name);
    checkFields(kind, draft, write);
    return this.commit(kind, undefined, draft, write, (after) =>
      afterUpdate([], this.writer(kind, write), {}, after, shapeOf(kind)),
    );
  }

  replace(kind: Kind, given: KubernetesObjectLike, write: Write): KubernetesObjectLike {
    const before = this.get(kind, given.metadata.namespace, given.metadata.name);
    const { resourceVersion } = given.metadata;
    if (resourceVersion !== undefined && resourceVersion !== before.metadata.resourceVersion)
      throw outdated(kind, given.metadata.name);
    checkFields(kind, given, write);
    return this.update(kind, before, given, write);
  }

  mergePatch(
    kind: Kind,
    namespace: string | undefined,
    name: string,
    patch: Json,
    write: Write,
  ): KubernetesObjectLike {
    const before = this.get(kind, namespace, name);
    const patched = mergePatched(before, patch);
    if (!isObject(patched)) throw badRequest("a merge patch must be an object");
    return this.replace(kind, objectOf(patched), write);
  }

  /** apply is server-side apply: manager owns what it sends, and what it no longer sends goes. */
  apply(
    kind: Kind,
    given: KubernetesObjectLike,
    write: Write & { readonly force: boolean },
  ): KubernetesObjectLike {
    const config = this.drafted(kind, given);
    const { name, namespace } = config.metadata;
    this.checkDeclared(kind, config);
    const shape = shapeOf(kind);
    const before = this.store.get(kind, namespace, name);
    const owners = this.owners.get(before?.metadata.uid ?? "") ?? [];
    const conflicts = before === undefined ? [] : conflictsOf(owners, write.manager, before, config, shape);
    if (conflicts.length > 0 && !write.force) throw conflictProblem(conflicts);
    const fields = fieldsOf(config, shape);
    const former = owners.find((owner) => isApplier(owner, write.manager))?.fields ?? new Set<string>();
    const others = new Set(
      owners.filter((owner) => !isApplier(owner, write.manager)).flatMap((owner) => [...owner.fields]),
    );
    const together = merged(before, config, shape);
    const draft = objectOf(isObject(together) ? without(together, former, fields, others, shape) : together);
    return this.commit(kind, before, draft, write, () =>
      afterApply(owners, this.writer(kind, write), fields, conflicts),
    );
  }

  /** remove deletes an object, or marks it where a finalizer or a dependent holds it. */
  remove(
    kind: Kind,
    namespace: string | undefined,
    name: string,
    propagation?: Propagation,
  ): KubernetesObjectLike {
    const before = this.get(kind, namespace, name);
    const marked = deletionOf(kind, before, propagation, timestamp());
    if (marked === undefined) this.forget(kind, before);
    else if (!sameJson(marked, before)) this.store.put(kind, marked);
    return marked ?? before;
  }

  /** shown is an object in the version that kind says, with who owns its fields. */
  shown(kind: Kind, object: KubernetesObjectLike): KubernetesObjectLike {
    const owners = this.owners.get(object.metadata.uid ?? "") ?? [];
    const managed = owners.length === 0 ? {} : { managedFields: managedFields(owners) };
    return { ...object, apiVersion: apiVersionOf(kind), metadata: { ...object.metadata, ...managed } };
  }

  private update(
    kind: Kind,
    before: KubernetesObjectLike,
    given: KubernetesObjectLike,
    write: Write,
  ): KubernetesObjectLike {
    const owners = this.owners.get(before.metadata.uid ?? "") ?? [];
    return this.commit(kind, before, this.drafted(kind, given), write, (after) =>
      write.subresource === "status"
        ? owners
        : afterUpdate(owners, this.writer(kind, write), before, after, shapeOf(kind)),
    );
  }

  private commit(
    kind: Kind,
    before: KubernetesObjectLike | undefined,
    draft: KubernetesObjectLike,
    write: Write,
    ownersOf: (after: KubernetesObjectLike) => Owners,
  ): KubernetesObjectLike {
    if (before === undefined) checkNamespace({ kind, reader: this.reader }, draft);
    const wanted = { ...part(kind, before, draft, write), metadata: metadataOf(before, draft) };
    const { reader, ranges, store, verdicts } = this;
    const admission = { kind: this.kinds.stored(kind), before, reader, ranges, store, verdicts };
    const complete = write.subresource === "status" ? wanted : admitted(wanted, admission);
    const counted = withGeneration(kind, before, complete);
    if (write.isDryRun === true) return counted;
    this.owners.set(counted.metadata.uid ?? "", ownersOf(counted));
    if (before !== undefined && sameJson(before, counted)) return before;
    if (isReleased(kind, counted)) {
      this.forget(kind, counted);
      return counted;
    }
    return this.store.put(kind, counted);
  }

  /** drafted is what a client sent, in the storage version and without what only the server says. */
  private drafted(kind: Kind, given: KubernetesObjectLike): KubernetesObjectLike {
    const metadata = withoutFields(given.metadata, "managedFields");
    return objectOf({ ...given, apiVersion: apiVersionOf(this.kinds.stored(kind)), metadata });
  }

  private checkDeclared(kind: Kind, config: KubernetesObjectLike): void {
    const [unknown] = kind.custom?.unknownFields(config) ?? [];
    if (unknown === undefined) return;
    const { name, namespace = "" } = config.metadata;
    throw new ApiProblem(
      500,
      "",
      `failed to create typed patch object (${namespace}/${name}; ${apiVersionOf(kind)}, Kind=${kind.kind}): .${unknown}: field not declared in schema`,
    );
  }

  private writer(kind: Kind, write: Write): Omit<Owner, "operation" | "fields"> {
    return { manager: write.manager, apiVersion: apiVersionOf(kind), time: timestamp() };
  }

  private forget(kind: Kind, object: KubernetesObjectLike): void {
    this.owners.delete(object.metadata.uid ?? "");
    this.store.remove(kind, object);
  }
}

/** timestamp as Kubernetes writes it: seconds, UTC. */
export function timestamp(): string {
  return new Date().toISOString().replace(/\.\d+Z$/, "Z");
}

/** suffix is what generateName adds. */
export function suffix(): string {
  return [...randomBytes(5)].map((byte) => "bcdfghjklmnpqrstvwxz2456789"[byte % 27] ?? "x").join("");
}

/** part of a draft that this write may change: status through `/status` only, everything else not through it. */
function part(
  kind: Kind,
  before: KubernetesObjectLike | undefined,
  draft: KubernetesObjectLike,
  write: Write,
): KubernetesObjectLike {
  if (write.subresource === "status" && before !== undefined) return { ...before, status: draft["status"] };
  if (!kind.hasStatus || (kind.kind === "Node" && before === undefined)) return draft;
  const own = objectOf(withoutFields(draft, "status"));
  return before?.["status"] === undefined ? own : { ...own, status: before["status"] };
}

function metadataOf(before: KubernetesObjectLike | undefined, draft: KubernetesObjectLike): ObjectMetadata {
  const server =
    before === undefined
      ? { uid: randomUUID(), creationTimestamp: timestamp(), resourceVersion: undefined }
      : serverFields(before.metadata);
  return {
    ...draft.metadata,
    ...server,
  };
}

function serverFields(metadata: ObjectMetadata): JsonObject {
  const fields = [
    "uid",
    "resourceVersion",
    "creationTimestamp",
    "generation",
    "deletionTimestamp",
    "deletionGracePeriodSeconds",
  ];
  return Object.fromEntries(fields.map((field) => [field, metadata[field]]));
}

function withGeneration(
  kind: Kind,
  before: KubernetesObjectLike | undefined,
  after: KubernetesObjectLike,
): KubernetesObjectLike {
  if (kind.group === "" || after["spec"] === undefined) return after;
  const last = before?.metadata.generation ?? 0;
  const generation = before !== undefined && sameJson(before["spec"], after["spec"]) ? last : last + 1;
  return { ...after, metadata: { ...after.metadata, generation } };
}

/** isReleased: it was deleted before, and nothing holds it any more. */
function isReleased(kind: Kind, object: KubernetesObjectLike): boolean {
  const { deletionTimestamp, finalizers = [] } = object.metadata;
  return (
    deletionTimestamp !== undefined &&
    finalizers.length === 0 &&
    kind.kind !== "Namespace" &&
    kind.kind !== "Pod"
  );
}
