import type { Json, JsonObject, KubernetesObjectLike, OwnerReference } from "../contract";
import { at, listAt, sameJson } from "../json";
import type { Write } from "../store/admission";
import { type Api, suffix, timestamp } from "../store/api";
import type { Propagation } from "../store/deletion";
import type { Kind } from "../store/kind";

/** Desk is what a controller reads and writes with; kinds are named by apiVersion and kind. */
export class Desk {
  constructor(
    private readonly api: Api,
    private readonly manager: string,
  ) {}

  /** knows: the API serves this kind now. */
  knows(apiVersion: string, kind: string): boolean {
    return this.api.kinds.byName(apiVersion, kind) !== undefined;
  }

  find(apiVersion: string, kind: string, name: string, namespace?: string): KubernetesObjectLike | undefined {
    const known = this.api.kinds.byName(apiVersion, kind);
    return known === undefined ? undefined : this.api.store.get(known, namespace, name);
  }

  /** again reads an object anew; undefined = it is gone, or another has its name now. */
  again(object: KubernetesObjectLike): KubernetesObjectLike | undefined {
    const { name, namespace, uid } = object.metadata;
    const now = this.find(object.apiVersion, object.kind, name, namespace);
    return now?.metadata.uid === uid ? now : undefined;
  }

  every(apiVersion: string, kind: string, namespace?: string): readonly KubernetesObjectLike[] {
    const known = this.api.kinds.byName(apiVersion, kind);
    return known === undefined ? [] : this.api.store.list(known, namespace);
  }

  /** ownedBy lists the objects of a kind whose controller is owner. */
  ownedBy(owner: KubernetesObjectLike, apiVersion: string, kind: string): readonly KubernetesObjectLike[] {
    return this.every(apiVersion, kind, owner.metadata.namespace).filter(
      ({ metadata }) => controllerOf(metadata.ownerReferences)?.uid === owner.metadata.uid,
    );
  }

  create(object: KubernetesObjectLike): KubernetesObjectLike {
    return this.api.create(this.kindOf(object), object, this.write);
  }

  update(object: KubernetesObjectLike): KubernetesObjectLike {
    return this.api.replace(this.kindOf(object), object, this.write);
  }

  /** put creates an object or brings it up to date, as a controller's own server-side apply. */
  put(object: KubernetesObjectLike): KubernetesObjectLike {
    return this.api.apply(this.kindOf(object), object, { ...this.write, force: true });
  }

  /** setStatus writes status where it differs. */
  setStatus(object: KubernetesObjectLike, status: JsonObject): void {
    const now = this.again(object);
    if (now === undefined || sameJson(now["status"], status)) return;
    this.api.replace(this.kindOf(now), { ...now, status }, { ...this.write, subresource: "status" });
  }

  remove(object: KubernetesObjectLike, propagation?: Propagation): void {
    if (this.again(object) === undefined) return;
    this.api.remove(this.kindOf(object), object.metadata.namespace, object.metadata.name, propagation);
  }

  /** vanish takes an object away at once: a pod whose containers have stopped, a namespace that is empty. */
  vanish(object: KubernetesObjectLike): void {
    const now = this.again(object);
    if (now !== undefined) this.api.store.remove(this.kindOf(now), now);
  }

  /** tell makes an Event about an object, once per reason and text. */
  tell(about: KubernetesObjectLike, type: "Normal" | "Warning", reason: string, message: string): void {
    const { name, namespace = "default", uid } = about.metadata;
    const known = this.every("v1", "Event", namespace).some(
      (event) =>
        event["reason"] === reason &&
        event["message"] === message &&
        at(event, "involvedObject", "uid") === uid,
    );
    const home = this.find("v1", "Namespace", namespace);
    if (known || home === undefined || home.metadata.deletionTimestamp !== undefined) return;
    this.create({
      apiVersion: "v1",
      kind: "Event",
      metadata: { name: `${name}.${suffix()}${suffix()}`, namespace },
      involvedObject: { apiVersion: about.apiVersion, kind: about.kind, name, namespace, uid },
      type,
      reason,
      message,
      source: { component: this.manager },
      firstTimestamp: timestamp(),
      lastTimestamp: timestamp(),
      count: 1,
    });
  }

  private kindOf(object: KubernetesObjectLike): Kind {
    const kind = this.api.kinds.of(object);
    if (kind === undefined) throw new Error(`no kind ${object.kind} in ${object.apiVersion}`);
    return kind;
  }

  private get write(): Write {
    return { manager: this.manager, validation: "Ignore" };
  }
}

/** controllerOf an object is the one owner that manages it. */
export function controllerOf(references: readonly OwnerReference[] | undefined): OwnerReference | undefined {
  return references?.find(({ controller }) => controller === true);
}

/** ownerReference to put on what owner makes. */
export function ownerReference({ apiVersion, kind, metadata }: KubernetesObjectLike): OwnerReference {
  const { name, uid = "" } = metadata;
  return { apiVersion, kind, name, uid, controller: true, blockOwnerDeletion: true };
}

/** hasCondition: among its status conditions is this one, and it is True. */
export function hasCondition(object: KubernetesObjectLike | undefined, type: string): boolean {
  return listAt(object, "status", "conditions").some(
    (one) => at(one, "type") === type && at(one, "status") === "True",
  );
}

/** withCondition replaces or adds a condition; its transition time moves only when its status does. */
export function withCondition(
  conditions: readonly Json[],
  condition: { readonly type: string; readonly status: "True" | "False" | "Unknown" } & JsonObject,
): readonly Json[] {
  const old = conditions.find((one) => at(one, "type") === condition.type);
  const same = at(old, "status") === condition.status ? at(old, "lastTransitionTime") : undefined;
  const written = { ...condition, lastTransitionTime: same ?? timestamp() };
  return old === undefined
    ? [...conditions, written]
    : conditions.map((one) => (one === old ? written : one));
}
