import type { Draft, DraftRoute } from "../../draft";
import type { Problem } from "../../problem";
import { namespaceOf } from "./capabilities";
import { outOfReach } from "./out-of-reach";
import { ableAt, refused } from "./refusal";

/** traefik holds TLS options for a host, reaches into no other namespace, and has no way to say 303. */
export function traefik(draft: Draft): Problem[] {
  return [...optionsApart(draft), ...seeOther(draft), ...outOfReach(draft, ["mirror", "errorPages"])];
}

/** optionsApart: routes of one host name one TLSOption, and a route may name those of its own namespace only. */
function optionsApart(draft: Draft): Problem[] {
  const seen = new Map<string, DraftRoute>();
  return draft.routes.flatMap((route): Problem[] => {
    const asked = optionOf(route);
    if (asked === undefined) return [];
    return route.hosts.flatMap((host) => {
      const earlier = seen.get(host);
      seen.set(host, earlier ?? route);
      if (earlier === undefined || namespaceOf(draft, earlier.rules) === namespaceOf(draft, route.rules))
        return [];
      return [
        refused(draft, "routes/engine-not-together", {
          keys: [
            [...route.keys, "tls", asked],
            [...earlier.keys, "tls", asked],
          ],
          found: `${host} in two namespaces, with options of TLS`,
          why: "Traefik holds one set of options for a host, and a route takes none from another namespace",
          edit: "put the services that the host leads to into one namespace",
          able: ableAt([asked === "minVersion" ? "tls-min-version" : "client-certificate"], ["traefik"]),
        }),
      ];
    });
  });
}

function optionOf({ input }: DraftRoute): "minVersion" | "clientAuthority" | undefined {
  const tls = "paths" in input && typeof input.tls === "object" ? input.tls : undefined;
  if (tls?.clientAuthority !== undefined) return "clientAuthority";
  return tls?.minVersion === "1.3" ? "minVersion" : undefined;
}

/** seeOther tells a browser to ask by GET; Traefik answers what is not GET with 307 or 308, which repeats it. */
function seeOther(draft: Draft): Problem[] {
  return draft.routes.flatMap(({ rules }) =>
    rules.flatMap(({ action, keys }) =>
      action.kind === "redirect" && action.status === 303
        ? [
            refused(draft, "routes/engine-value", {
              keys: [[...keys, "redirect", "status"]],
              found: "303",
              why: "Traefik redirects with 301, 302, 307 and 308 only: a form would be sent once more",
              edit: "take it out",
              able: ableAt(["redirect"], ["traefik"]),
            }),
          ]
        : [],
    ),
  );
}
