import { isList, isObject } from "./json";
import type { Json } from "./json";

/**
 * masked copy of a plan: every secret in it is replaced by where it comes from, wherever it stands, as it is, as base64 or
 * inside another text. Terraform marks too little: state that crosses from one stack to another and the text of a snippet
 * are bare.
 */
export function masked(plan: Json): Json {
  return replaced(plan, maskOf(plan));
}

/** maskOf a plan, for texts that were made from it. */
export function maskOf(plan: Json): (text: string) => string {
  const secrets = [...secretsOf(plan)].sort(([a], [b]) => b.length - a.length);
  return (text) => withoutSecrets(text, secrets);
}

/** secretsOf a plan: text → what stands in its place. */
function secretsOf(plan: Json): Map<string, string> {
  const secrets = new Map<string, string>();
  const add = (text: string, from: string): void => {
    if (text.length < shortest) return;
    const mask = `(secret: ${from})`;
    for (const form of [text, JSON.stringify(text).slice(1, -1), Buffer.from(text).toString("base64")])
      if (!secrets.has(form)) secrets.set(form, mask);
  };
  walk(plan, "", (value, key, path) => {
    if (typeof value === "string" && secretFields.test(key)) add(value, path);
    if (isObject(value) && "before_sensitive" in value) {
      for (const side of ["before", "after"]) {
        marked(value[side], value[`${side}_sensitive`], path, add);
      }
    }
    if (isObject(value) && "values" in value) marked(value["values"], value["sensitive_values"], path, add);
    if (isObject(value) && value["sensitive"] === true && typeof value["value"] === "string")
      add(value["value"], path);
  });
  return secrets;
}

/** shortest text that is taken for a secret: replacing shorter ones everywhere would eat ordinary words. */
const shortest = 8;

/** secretFields of the providers that are used here, wherever they stand. */
const secretFields =
  /^(result|bcrypt_hash|private_key(_pem|_openssh|_pem_pkcs8)?|ca_private_key_pem|certificate_key|password|secret_key|access_key|api_token|client_key)$/;

function walk(
  value: Json | undefined,
  key: string,
  see: (value: Json, key: string, path: string) => void,
  path = "",
): void {
  if (value === undefined) return;
  see(value, key, path);
  if (isList(value)) value.forEach((entry) => walk(entry, key, see, path));
  if (isObject(value)) {
    const address = typeof value["address"] === "string" ? value["address"] : path;
    for (const [field, entry] of Object.entries(value)) walk(entry, field, see, address);
  }
}

/** marked values: `true` in the shape beside them, at any depth. */
function marked(
  value: Json | undefined,
  shape: Json | undefined,
  path: string,
  add: (text: string, from: string) => void,
): void {
  if (shape === true) {
    walk(value, "", (inner) => {
      if (typeof inner === "string") add(inner, path);
    });
  } else if (isObject(shape) && isObject(value)) {
    for (const [field, inner] of Object.entries(shape)) marked(value[field], inner, path, add);
  } else if (isList(shape) && isList(value)) {
    shape.forEach((inner, index) => marked(value[index], inner, path, add));
  }
}

function replaced(value: Json, mask: (text: string) => string): Json {
  if (typeof value === "string") return mask(value);
  if (isList(value)) return value.map((entry) => replaced(entry, mask));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, replaced(entry, mask)]));
}

function withoutSecrets(text: string, secrets: readonly (readonly [string, string])[]): string {
  const bare = secrets.reduce((rest, [secret, mask]) => rest.replaceAll(secret, () => mask), text);
  return bare.replace(encoded, (block) => {
    const inside = Buffer.from(block, "base64").toString();
    const held = secrets.find(([secret]) => inside.includes(secret));
    return held === undefined ? block : held[1];
  });
}

/** encoded: base64 that is long enough to hold a secret. */
const encoded = /[A-Za-z0-9+/]{12,}={0,2}/g;
