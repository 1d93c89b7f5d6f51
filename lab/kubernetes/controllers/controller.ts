import type { KubernetesObjectLike } from "../contract";
import type { Change } from "../store/store";
import type { Desk } from "./desk";

/** Key names an object that a controller should look at; what it means is the controller's own matter. */
export type Key = string;

/** Controller brings what is nearer to what is wanted, one object at a time, whenever something changed. */
export interface Controller {
  readonly name: string;
  /** concerned are the keys to look at again after a change. */
  concerned(change: Change, desk: Desk): readonly Key[];
  /** reconcile looks at one key; a number asks to look again after so many milliseconds. */
  reconcile(key: Key, desk: Desk): number | undefined | Promise<number | undefined>;
}

/** changed is the object of a change, as it is now or as it was. */
export function changed({ before, after }: Change): KubernetesObjectLike {
  const object = after ?? before;
  if (object === undefined) throw new Error("a change without an object");
  return object;
}

/** keyOf a namespaced or cluster-wide object. */
export function keyOf({ metadata: { namespace = "", name } }: KubernetesObjectLike): Key {
  return `${namespace}/${name}`;
}

/** readKey is keyOf's inverse. */
export function readKey(key: Key): { readonly namespace: string; readonly name: string } {
  const separator = key.indexOf("/");
  return { namespace: key.slice(0, separator), name: key.slice(separator + 1) };
}
