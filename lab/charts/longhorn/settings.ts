import type { LonghornValues } from "./values";

/** settingsOf the program, under the names that it has for them. */
export function settingsOf({ defaultSettings }: LonghornValues): Readonly<Record<string, string | boolean>> {
  return Object.fromEntries(
    Object.entries(defaultSettings).flatMap(([key, value]): [string, string | boolean][] =>
      value === null || value === undefined ? [] : [[dashed(key), value]],
    ),
  );
}

function dashed(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
