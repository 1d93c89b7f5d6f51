/** Upgrades: how running nodes come to the version of the file. */
export interface Upgrades {
  /** concurrency, workers at once. */
  readonly concurrency: number;
  /** drain workers before. */
  readonly drain: boolean;
  /** window in which nodes may be upgraded; absent = at any time. */
  readonly window?: UpgradeWindow;
}

export interface UpgradeWindow {
  readonly days: readonly string[];
  readonly startTime: string;
  readonly endTime: string;
  readonly timeZone: string;
}
