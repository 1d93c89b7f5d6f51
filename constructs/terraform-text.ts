import { Fn, Token } from "cdktf";

/** literal makes text mean itself in Terraform JSON, where `${` and `%{` would begin a template; cdktf does not do this. */
export function literal(text: string): string {
  return text.replace(/[$%](?=\{)/g, (sign) => sign + sign);
}

/**
 * secretFile is a secret as base64 text, marked sensitive again: values that cross from one stack's state to
 * another lose their mark on the way, and a snippet's text has none of its own.
 */
export function secretFile(value: string): string {
  return Fn.base64encode(Token.asString(Fn.sensitive(value)));
}
