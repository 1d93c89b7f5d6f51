/**
 * parsePropertyString reads Proxmox's `value,key=value,…`: empty parts are skipped, one part may stand
 * without a name and takes the default key, a repeated key is refused.
 */
export function parsePropertyString(text: string, defaultKey?: string): Map<string, string> {
  const properties = new Map<string, string>();
  for (const part of text.split(",")) {
    if (/^\s*$/.test(part)) continue;
    const assignment = /^\s*([a-zA-Z0-9_-]+)\s*=\s*(.*?)\s*$/s.exec(part);
    const key = assignment?.[1] ?? defaultKey;
    if (key === undefined)
      throw new PropertyError("value without key, but schema does not define a default key");
    if (properties.has(key))
      throw new PropertyError(`duplicate key in comma-separated list property: ${key}`);
    properties.set(key, assignment?.[2] ?? part.trim());
  }
  return properties;
}

/** printPropertyString writes the default key's value first and the other keys sorted. */
export function printPropertyString(properties: ReadonlyMap<string, string>, defaultKey?: string): string {
  const first = defaultKey === undefined ? undefined : properties.get(defaultKey);
  const rest = [...properties]
    .filter(([key]) => key !== defaultKey)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}=${value}`);
  return [...(first === undefined ? [] : [first]), ...rest].join(",");
}

export class PropertyError extends Error {}
