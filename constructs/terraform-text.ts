import { Fn, type TerraformResource, Token } from "cdktf";
import { type Composed, FromVariable } from "../cloud-init/composed";

/** literal makes text mean itself in Terraform JSON, where `${` and `%{` would begin a template; cdktf does not do this. */
export function literal(text: string): string {
  return text.replace(/[$%](?=\{)/g, (sign) => sign + sign);
}

/** addressOf a resource as plans and `replace_triggered_by` name it; cdktf writes `${…}` there, which is refused. */
export function addressOf(resource: TerraformResource): string {
  return `${resource.terraformResourceType}.${resource.friendlyUniqueId}`;
}

/**
 * secretFile is a secret as base64 text, marked sensitive again: values that cross from one stack's state to
 * another lose their mark on the way, and a snippet's text has none of its own.
 */
export function secretFile(value: string): string {
  return Fn.base64encode(Token.asString(Fn.sensitive(value)));
}

/**
 * terraformFile is a file of data around secrets as base64 text: Terraform puts the variables in and prints JSON, so
 * that no value of theirs can break out of its place. Written by hand, because cdktf does not escape what it prints.
 */
export function terraformFile(data: Composed, reference: (variable: string) => string): string {
  return `\${base64encode(jsonencode(${expression(data, reference)}))}`;
}

/** expression of Terraform's language with the meaning of data. */
function expression(data: Composed, reference: (variable: string) => string): string {
  if (data instanceof FromVariable) return reference(data.variable);
  if (typeof data === "string") return quoted(data);
  if (typeof data !== "object") return String(data);
  if (isList(data)) return `[${data.map((item) => expression(item, reference)).join(", ")}]`;
  const entries = Object.entries(data).map(
    ([key, value]) => `${quoted(key)} = ${expression(value, reference)}`,
  );
  return `{${entries.join(", ")}}`;
}

/** quoted as a string of Terraform's language, which takes the escapes of JSON that it can meet here. */
function quoted(text: string): string {
  return literal(JSON.stringify(text));
}

function isList(data: object): data is readonly Composed[] {
  return Array.isArray(data);
}
