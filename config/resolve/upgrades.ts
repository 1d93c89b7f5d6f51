import type { Upgrades } from "../model/upgrades";
import type { ClusterInput } from "../schema";

/** upgradesOf a cluster; undefined = nodes are upgraded by hand. */
export function upgradesOf({ upgrades }: ClusterInput): Upgrades | undefined {
  if (upgrades === false) return undefined;
  const { concurrency, drain, window } = upgrades ?? {};
  return {
    concurrency: concurrency ?? 1,
    drain: drain ?? true,
    ...(window === undefined
      ? {}
      : {
          window: {
            days: window.days ?? everyDay,
            startTime: window.startTime,
            endTime: window.endTime,
            timeZone: window.timeZone ?? "UTC",
          },
        }),
  };
}

const everyDay = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
