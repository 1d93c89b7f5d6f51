const UNITS = ["", "K", "M", "G", "T"] as const;

/** printSize writes bytes with the largest unit that divides them exactly. */
export function printSize(bytes: number): string {
  let size = bytes;
  let unit = 0;
  while (unit < UNITS.length - 1 && size !== 0 && size % 1024 === 0) {
    size /= 1024;
    unit += 1;
  }
  return `${size}${UNITS[unit] ?? ""}`;
}

/** parseSize reads `8G`, `512M` or plain bytes; undefined if it is no size. */
export function parseSize(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)([KMGT])?$/.exec(text);
  if (!match) return undefined;
  const power = UNITS.findIndex((unit) => unit === (match[2] ?? ""));
  return Math.trunc(Number(match[1]) * 1024 ** power);
}

export const GIB = 1024 ** 3;
export const MIB = 1024 ** 2;
