import type { Draft } from "../../draft";
import type { Problem } from "../../problem";
import { refused } from "./refusal";

/** passedOutside: a TLSRoute leads to Services with pods only, as an HTTPRoute does. */
export function passedOutside(draft: Draft): Problem[] {
  return draft.routes.flatMap(({ input, keys }) => {
    if (!("passthrough" in input)) return [];
    const outside = draft.services.find(
      ({ name, kind }) => name === input.passthrough && kind === "external",
    );
    if (outside === undefined) return [];
    return [
      refused(draft, "routes/engine-not-together", {
        keys: [[...keys, "passthrough"], outside.keys],
        found: `passthrough to "${outside.name}", a name outside`,
        why: "an ExternalName Service is no backend of a TLSRoute",
        edit: "lead to a service of the cluster",
        able: ["traefik", "istio"],
      }),
    ];
  });
}
