import { holds } from "../addresses";
import { directivesOf } from "./directives";

export interface AccessRule {
  readonly allows: boolean;
  /** who: an address, a network or `all`. */
  readonly who: string;
}

/** accessRules of one level of a configuration: `allow` and `deny` in their order. */
export function accessRules(config: string): AccessRule[] {
  return directivesOf(config).own.flatMap(([name, who]) =>
    who !== undefined && (name === "allow" || name === "deny") ? [{ allows: name === "allow", who }] : [],
  );
}

/**
 * admits an address: the first rule that has it decides, and without one it comes in.
 * @see https://nginx.org/en/docs/http/ngx_http_access_module.html
 */
export function admits(rules: readonly AccessRule[], address: string): boolean {
  return rules.find(({ who }) => who === "all" || holds(who, address))?.allows ?? true;
}
