/** Json, any value of a plan. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** valueAt a path; undefined where the way there ends. */
export function valueAt(json: Json | undefined, ...path: readonly (string | number)[]): Json | undefined {
  return path.reduce<Json | undefined>((value, key) => {
    if (isList(value)) return typeof key === "number" ? value[key] : undefined;
    return isObject(value) ? value[key] : undefined;
  }, json);
}

export function textAt(json: Json | undefined, ...path: readonly (string | number)[]): string | undefined {
  const value = valueAt(json, ...path);
  return typeof value === "string" ? value : undefined;
}

export function numberAt(json: Json | undefined, ...path: readonly (string | number)[]): number | undefined {
  const value = valueAt(json, ...path);
  return typeof value === "number" ? value : undefined;
}

export function listAt(json: Json | undefined, ...path: readonly (string | number)[]): readonly Json[] {
  const value = valueAt(json, ...path);
  return isList(value) ? value : [];
}

export function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !isList(value);
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** differing: the fields in which two objects differ, at their top level. */
export function differing(before: Json | undefined, after: Json | undefined): string[] {
  const fields = [before, after].flatMap((value) => (isObject(value) ? Object.keys(value) : []));
  return [...new Set(fields)].filter(
    (field) => JSON.stringify(valueAt(before, field)) !== JSON.stringify(valueAt(after, field)),
  );
}
