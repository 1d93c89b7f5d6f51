import type { Check } from "./check";
import type { AttributePath, Problem } from "./problem";
import type { Attributes, Value } from "./value";

/**
 * Resource is what a stand-in does for one resource type. The schema says what an attribute is; `attributes`
 * says what a plan does with it. State is what create and update return, nothing else is remembered.
 */
export interface Resource {
  readonly attributes: Readonly<Record<string, AttributePlan>>;
  /** validate finds what is wrong in a configuration beyond the checks of single attributes. */
  validate?(config: Attributes): readonly Problem[];
  /** plan has the last word on what is planned. */
  plan?(change: Change): Answer<Planned>;
  create(apply: Apply): Answer<Attributes>;
  /** read tells the present state; undefined = it is gone. Without it, the state is taken as it is. */
  read?(state: Attributes): Answer<Attributes | undefined>;
  /** update changes in place. Without it, what was planned is the new state. */
  update?(apply: Apply & { readonly prior: Attributes }): Answer<Attributes>;
  delete?(state: Attributes): Answer<void>;
}

/** Answer comes at once or later. */
export type Answer<T> = T | Promise<T>;

export interface AttributePlan {
  /** default when the configuration is silent. */
  readonly default?: Value;
  /** keeps: a computed value that an update in place leaves as it is. */
  readonly keeps?: true;
  /** replaces: a change of the attribute replaces the resource, always or when the function says so. */
  readonly replaces?: true | ((prior: Value, planned: Value) => boolean);
  readonly checks?: readonly Check[];
}

export interface Change {
  /** prior state; undefined when the resource is to be created. */
  readonly prior: Attributes | undefined;
  readonly config: Attributes;
  readonly planned: Attributes;
}

export interface Planned {
  readonly planned: Attributes;
  /** replaces, the paths whose change replaces the resource, besides those that attributes name. */
  readonly replaces: readonly AttributePath[];
}

export interface Apply {
  readonly planned: Attributes;
  /** config holds the write-only values, which are in no plan and no state. */
  readonly config: Attributes;
  readonly warn: (problem: Problem) => void;
}
