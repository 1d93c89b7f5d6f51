/** Violation is a plan that would harm a cluster, in the operator's words. */
export interface Violation {
  /** guard by the name under which it can be overridden. */
  readonly guard: GuardName;
  readonly found: string;
  readonly why: string;
  readonly fix: string;
  /** accepted, the reason with which somebody overrode it. */
  readonly accepted?: string;
}

export const guardNames = [
  "servers-together",
  "quorum",
  "keys",
  "disks",
  "address-behind-edge",
  "template-in-use",
  "version-jump",
] as const;

export type GuardName = (typeof guardNames)[number];
