import { setTimeout as sleep } from "node:timers/promises";
import type { KubernetesObjectLike } from "../../../kubernetes/contract";
import { listAt, textAt } from "../../../kubernetes/json";
import { ProviderError } from "../../protocol/problem";
import type { Attributes } from "../../protocol/value";
import { messageOf } from "../connection";
import { fieldAt, fieldPath } from "../field-path";
import { blocksOf, recordOf } from "../records";
import { isRolledOut } from "./rollout";

/** Wait is what an apply waits for: a name for it, and whether an object has come there. */
export interface Wait {
  readonly name: string;
  isOver(object: KubernetesObjectLike): boolean;
}

/** pollMs: the real provider looks once a second; the lab's cluster is quicker. */
const pollMs = 100;

/** waitOf a resource: its `wait` block, or `wait_for`, which came before that. */
export function waitOf(resource: Attributes): Wait | undefined {
  const [wait = recordOf(resource["wait_for"])] = blocksOf(resource["wait"]);
  if (wait["rollout"] === true) return { name: "rollout to complete", isOver: isRolledOut };
  const conditions = blocksOf(wait["condition"]);
  if (conditions.length > 0)
    return { name: "conditions", isOver: (object) => conditions.every(isMet(object)) };
  const fields = Object.entries(recordOf(wait["fields"]));
  return fields.length === 0
    ? undefined
    : { name: "field matchers", isOver: (object) => fields.every(matches(object)) };
}

/** awaitOver looks until the wait is over; false when the time is up first. */
export async function awaitOver(
  wait: Wait,
  look: () => Promise<KubernetesObjectLike | undefined>,
  deadline: number,
): Promise<boolean> {
  try {
    while (Date.now() < deadline) {
      const object = await look();
      if (object === undefined) throw new Error("resource was deleted");
      if (wait.isOver(object)) return true;
      await sleep(pollMs);
    }
    return false;
  } catch (error) {
    throw new ProviderError({ summary: "Error waiting for operation to complete", detail: messageOf(error) });
  }
}

/** awaitGone looks until there is nothing; false when the time is up first. */
export async function awaitGone(look: () => Promise<unknown>, deadline: number): Promise<boolean> {
  while (Date.now() < deadline) {
    if ((await look()) === undefined) return true;
    await sleep(pollMs);
  }
  return false;
}

function isMet(object: KubernetesObjectLike): (condition: Attributes) => boolean {
  return (wanted) =>
    listAt(object, "status", "conditions").some(
      (found) => textAt(found, "type") === wanted["type"] && textAt(found, "status") === wanted["status"],
    );
}

function matches(object: KubernetesObjectLike): (field: readonly [string, unknown]) => boolean {
  return ([text, expression]) => {
    const path = fieldPath(text);
    if (path === undefined) throw new Error(`invalid field path ${JSON.stringify(text)}`);
    const found = fieldAt(object, path) ?? "";
    if (typeof found === "object")
      throw new Error(`wait_for: cannot match on ${text}, which has fields of its own`);
    return new RegExp(expression === "*" ? "" : String(expression)).test(String(found));
  };
}
