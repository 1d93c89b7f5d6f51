import { holds } from "../addresses";

/** accessRules of nginx at the outermost level of a text: `allow` and `deny` in their order. */
export function accessRules(config: string): AccessRule[] {
  return [...outermost(config).matchAll(/(?:^|[;{}\s])(allow|deny)\s+([^;\s]+)\s*;/g)].map(
    ([, verb, who = ""]) => ({ allows: verb === "allow", who }),
  );
}

export interface AccessRule {
  readonly allows: boolean;
  /** who: an address, a network or `all`. */
  readonly who: string;
}

/**
 * admits an address: the first rule that has it decides, and none lets it in.
 * @see https://nginx.org/en/docs/http/ngx_http_access_module.html
 */
export function admits(rules: readonly AccessRule[], address: string): boolean {
  return rules.find(({ who }) => who === "all" || holds(who, address))?.allows ?? true;
}

/** outermost text of a configuration: without comments and without what stands in blocks. */
function outermost(config: string): string {
  let text = config.replace(/#.*$/gm, "");
  for (let before = ""; before !== text;) {
    before = text;
    text = text.replace(/[^;{}]*\{[^{}]*\}/g, ";");
  }
  return text;
}
