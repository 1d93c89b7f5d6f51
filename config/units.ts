/** MiB and GiB are whole numbers of binary units; Proxmox takes memory in MiB and disks in GiB. */
export type MiB = number & { readonly unit: "MiB" };
export type GiB = number & { readonly unit: "GiB" };

/** Size as an operator writes it: a number, a space and a binary unit. */
export type Size = `${number} ${Unit}`;
export type Unit = "MiB" | "GiB" | "TiB";

/** Milliseconds, a whole number of them. */
export type Milliseconds = number & { readonly unit: "ms" };

/** Duration as an operator writes it: a whole number and its unit. */
export type Duration = `${number}${keyof typeof durations}`;

const durations = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** parseDuration reads `500ms`, `10s`, `5m`, `2h` or `365d`. */
export function parseDuration(text: string): Milliseconds | undefined {
  const [, amount, unit] = /^(\d+)(ms|s|m|h|d)$/.exec(text) ?? [];
  const factor = Object.entries(durations).find(([name]) => name === unit)?.[1];
  const milliseconds = Number(amount) * (factor ?? NaN);
  return isMilliseconds(milliseconds) ? milliseconds : undefined;
}

export function milliseconds(amount: number): Milliseconds {
  if (!isMilliseconds(amount)) throw new Error(`${amount} is not a whole number of milliseconds`);
  return amount;
}

/** wholeSeconds of a duration, never less than it. */
export function wholeSeconds(duration: Milliseconds): number {
  return Math.ceil(duration / 1000);
}

export function parseMiB(size: string): MiB | undefined {
  const match = /^(\d+(?:\.\d+)?) (MiB|GiB|TiB)$/.exec(size);
  if (match === null) return undefined;
  const [, amount, unit] = match;
  const mebibytes = Number(amount) * (unit === "TiB" ? 1024 * 1024 : unit === "GiB" ? 1024 : 1);
  return isMiB(mebibytes) ? mebibytes : undefined;
}

export function parseGiB(size: string): GiB | undefined {
  const mebibytes = parseMiB(size);
  return mebibytes === undefined ? undefined : toGiB(mebibytes);
}

export function gib(amount: number): GiB {
  if (!isGiB(amount)) throw new Error(`${amount} is not a whole, positive number of GiB`);
  return amount;
}

export function mib(amount: number): MiB {
  if (!isMiB(amount)) throw new Error(`${amount} is not a whole, positive number of MiB`);
  return amount;
}

export function toMiB(size: GiB): MiB {
  return mib(size * 1024);
}

/** printMiB in the largest unit that stays whole; the result parses back to the same size. */
export function printMiB(size: MiB): Size {
  if (size % (1024 * 1024) === 0) return `${size / (1024 * 1024)} TiB`;
  return size % 1024 === 0 ? `${size / 1024} GiB` : `${size} MiB`;
}

export function printGiB(size: GiB): Size {
  return `${size} GiB`;
}

function toGiB(size: MiB): GiB | undefined {
  const gibibytes = size / 1024;
  return isGiB(gibibytes) ? gibibytes : undefined;
}

function isMiB(amount: number): amount is MiB {
  return Number.isSafeInteger(amount) && amount > 0;
}

function isGiB(amount: number): amount is GiB {
  return Number.isSafeInteger(amount) && amount > 0;
}

function isMilliseconds(amount: number): amount is Milliseconds {
  return Number.isSafeInteger(amount) && amount >= 0;
}
