import type { KubernetesObjectLike } from "../contract";
import { kindNamed } from "./built-in/kinds";
import type { Store } from "./store";

/** Reader finds objects of built-in kinds by the kind's name. */
export interface Reader {
  find(kind: string, name: string, namespace?: string): KubernetesObjectLike | undefined;
  every(kind: string, namespace?: string): readonly KubernetesObjectLike[];
}

export function readerOf(store: Store): Reader {
  return {
    find: (kind, name, namespace) => store.get(kindNamed(kind), namespace, name),
    every: (kind, namespace) => store.list(kindNamed(kind), namespace),
  };
}
