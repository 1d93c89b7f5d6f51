import type { KubernetesObjectLike } from "../contract";
import { compact, objectOf } from "../json";
import { type Kind, resourceOf } from "./kind";

/** Change is what one write did: without before it made an object, without after it removed one. */
export interface Change {
  readonly kind: Kind;
  readonly before?: KubernetesObjectLike;
  readonly after?: KubernetesObjectLike;
}

/** Store is etcd's content: objects in their storage version, and one revision that counts every write. */
export class Store {
  private readonly resources = new Map<string, Map<string, KubernetesObjectLike>>();
  private readonly listeners: ((change: Change) => void)[] = [];
  private counter = 0;

  revision(): string {
    return String(this.counter);
  }

  get(kind: Kind, namespace: string | undefined, name: string): KubernetesObjectLike | undefined {
    return this.resources.get(resourceOf(kind))?.get(key(namespace, name));
  }

  /** list in order of namespace and name, as etcd's keys sort. */
  list(kind: Kind, namespace?: string): readonly KubernetesObjectLike[] {
    const found = [...(this.resources.get(resourceOf(kind)) ?? [])]
      .filter(([, { metadata }]) => namespace === undefined || metadata.namespace === namespace)
      .sort(([one], [other]) => (one < other ? -1 : 1));
    return found.map(([, object]) => object);
  }

  all(): readonly KubernetesObjectLike[] {
    return [...this.resources.values()].flatMap((objects) => [...objects.values()]);
  }

  /** put writes an object with the next revision and tells everyone. */
  put(kind: Kind, object: KubernetesObjectLike): KubernetesObjectLike {
    this.counter += 1;
    const { name, namespace } = object.metadata;
    const metadata = { ...object.metadata, resourceVersion: this.revision() };
    const after = objectOf(compact({ ...object, metadata }));
    const objects = this.resources.get(resourceOf(kind)) ?? new Map<string, KubernetesObjectLike>();
    this.resources.set(resourceOf(kind), objects);
    const before = objects.get(key(namespace, name));
    objects.set(key(namespace, name), after);
    this.tell({ kind, after, ...(before === undefined ? {} : { before }) });
    return after;
  }

  remove(kind: Kind, object: KubernetesObjectLike): void {
    const { name, namespace } = object.metadata;
    if (this.resources.get(resourceOf(kind))?.delete(key(namespace, name)) !== true) return;
    this.counter += 1;
    this.tell({ kind, before: object });
  }

  subscribe(listener: (change: Change) => void): void {
    this.listeners.push(listener);
  }

  private tell(change: Change): void {
    for (const listener of this.listeners) listener(change);
  }
}

function key(namespace: string | undefined, name: string): string {
  return `${namespace ?? ""}/${name}`;
}
