import type { Draft } from "../../draft";
import type { Problem } from "../../problem";
import { namespaceOf } from "./capabilities";
import { ableAt, eachOnce, refused } from "./refusal";

/** outOfReach of Traefik's own kinds: copies and pages for errors come from the route's namespace. */
export function outOfReach(draft: Draft, fields: readonly ("mirror" | "errorPages")[]): Problem[] {
  const namespaces = new Map(draft.services.map(({ name, namespace }) => [name, namespace]));
  return eachOnce(
    draft.routes.flatMap(({ rules }) => {
      const home = namespaceOf(draft, rules);
      return rules.flatMap(({ policy, policyKeys }) =>
        fields.flatMap((field) => {
          const to = policy[field]?.to ?? "";
          const namespace = namespaces.get(to);
          if (namespace === undefined || home === undefined || namespace === home) return [];
          return [
            refused(draft, "routes/out-of-reach", {
              keys: [
                [...(policyKeys[field] ?? []), "to"],
                ["services", to],
              ],
              found: `"${to}" of the namespace ${namespace}`,
              why: `Traefik takes it from the route's namespace only, which is ${home}`,
              edit: `lead to a service of ${home}`,
              able: field === "mirror" ? ableAt(["mirror"], ["traefik"]) : [],
            }),
          ];
        }),
      );
    }),
  );
}
