import type { Json } from "./object";

/** Chart is one Helm release of the platform stack. */
export interface Chart {
  /** release name, and the plan address: `helm_release.<release>`. */
  readonly release: string;
  readonly repository: string;
  readonly chart: string;
  readonly version: string;
  readonly namespace: Namespace;
  readonly values: Readonly<Record<string, Json>>;
  /** wait as Helm does until everything of it is ready; false where that would wait for the next stack. */
  readonly wait: boolean;
}

export interface Namespace {
  readonly name: string;
  /** podSecurity level that is enforced in it. */
  readonly podSecurity: "privileged" | "baseline" | "restricted";
}
