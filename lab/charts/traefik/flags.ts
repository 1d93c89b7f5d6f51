/** FlagValue, null and undefined where there is none. */
export type FlagValue = string | number | boolean | readonly string[] | null | undefined;

export interface Settings {
  readonly [name: string]: FlagValue | Settings;
}

/** flag is `--path=value`; nothing where the value is absent or empty. Zero and false are values. */
export function flag(path: string, value: FlagValue): string[] {
  if (value === undefined || value === null || value === "") return [];
  if (typeof value === "object") return value.length === 0 ? [] : [`--${path}=${value.join(",")}`];
  return [`--${path}=${value}`];
}

/** onlyTrue leaves out what is off: the chart writes some of Traefik's flags only when they are set. */
export function onlyTrue(path: string, value: boolean | null | undefined): string[] {
  return value === true ? [`--${path}=true`] : [];
}

/** bare is a flag without a value. */
export function bare(path: string, value: boolean | undefined): string[] {
  return value === true ? [`--${path}`] : [];
}

/** flagsOf writes a map of settings as flags, sorted; what is empty is left out, false is not. */
export function flagsOf(path: string, content: Settings): string[] {
  return sorted(content).flatMap(([key, value]) => {
    const name = `${path}.${key}`;
    if (isSettings(value)) return flagsOf(name, value);
    return value === 0 ? [] : flag(name, value);
  });
}

/** sorted, the order in which a template goes through a map. */
export function sorted<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}

function isSettings(value: FlagValue | Settings): value is Settings {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
