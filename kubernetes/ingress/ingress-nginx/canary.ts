import type { Backend, Route, RouteRule, ValueMatch } from "../../../config/model/routes";
import { samePath } from "../same-host";
import type { Annotations } from "./annotations";

/** Canary of a rule: the one other service that nginx can lead some of its requests to. */
export interface Canary {
  readonly backend: Backend;
  readonly annotations: Annotations;
}

/**
 * canaryOf a rule: its second backend by weight, and the backend of a rule for the same path with a header. Both are
 * one service, because the controller takes one canary for each; the header is asked first.
 */
export function canaryOf(route: Route, rule: RouteRule): Canary | undefined {
  const weighted = backendsOf(rule)[1];
  const chosen = route.rules.find(({ path, condition }) => condition && samePath(path, rule.path));
  const backend = weighted ?? (chosen && backendsOf(chosen)[0]);
  if (backend === undefined) return undefined;
  const header = chosen?.condition?.headers[0];
  return {
    backend,
    annotations: {
      canary: "true",
      ...(header && headerOf(header)),
      "canary-weight": weighted && String(weighted.weight),
    },
  };
}

function backendsOf({ action }: RouteRule): readonly Backend[] {
  return action.kind === "forward" ? action.backends : [];
}

function headerOf({ name, value }: ValueMatch): Annotations {
  return { "canary-by-header": name, "canary-by-header-value": value };
}
