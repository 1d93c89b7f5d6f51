import type { Release } from "./chart";

/** fullname of a release as Helm's starter chart makes it: the chart's name is not said twice. */
export function fullname(release: Release, chart: string): string {
  return shortened(release.name.includes(chart) ? release.name : `${release.name}-${chart}`);
}

/** shortened to what a label's value and most names may have. */
export function shortened(name: string): string {
  return name.slice(0, 63).replace(/-$/, "");
}

/** chartLabel is what `helm.sh/chart` says. */
export function chartLabel(chart: string, version: string): string {
  return shortened(`${chart}-${version.replaceAll("+", "_")}`);
}

/** someOf leaves an empty map or list out of an object, as a template's `with` does. */
export function someOf<T extends object>(value: T | undefined): T | undefined {
  return value === undefined || Object.keys(value).length === 0 ? undefined : value;
}
