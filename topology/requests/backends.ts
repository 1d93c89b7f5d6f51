import type { Backend, Route } from "../../config/model/routes";

/** backendsOf a route, those that it leads requests to, in the order of its rules. */
export function backendsOf({ rules, passthrough }: Route): readonly Backend[] {
  if (passthrough !== undefined) return [passthrough];
  return rules.flatMap(({ action }) => (action.kind === "forward" ? action.backends : []));
}
