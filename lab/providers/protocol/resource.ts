import type { Check } from "./check";
import type { AttributePath, Problem } from "./problem";
import type { Attributes, Value } from "./value";

/**
 * Resource is what a stand-in does for one resource type. The schema says what an attribute is; `attributes`
 * says what a plan does with it. State is what create and update return, nothing else is remembered.
 * Connection is what the provider's `configure` gave.
 */
export interface Resource<Connection = unknown> {
  readonly attributes: Readonly<Record<string, AttributePlan>>;
  /** legacy: the real one is built with terraform-plugin-sdk; plan and state need not agree to the letter. */
  readonly legacy?: true;
  /** validate finds what is wrong in a configuration beyond the checks of single attributes. */
  validate?(config: Attributes): readonly Problem[];
  /** plan has the last word on what is planned. */
  plan?(change: Change, connection: Connection): Answer<Planned>;
  create(apply: Apply, connection: Connection): Answer<Attributes>;
  /** read tells the present state; undefined = it is gone. Without it, the state is taken as it is. */
  read?(state: Attributes, connection: Connection): Answer<Attributes | undefined>;
  /** update changes in place. Without it, what was planned is the new state. */
  update?(apply: Apply & { readonly prior: Attributes }, connection: Connection): Answer<Attributes>;
  delete?(state: Attributes, connection: Connection, tell: Pick<Apply, "warn">): Answer<void>;
  /** import tells the attributes by which `read` finds what is there already; without it, nothing can be imported. */
  import?(id: string, connection: Connection): Answer<Attributes>;
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
  /** nested attributes, where it has some; of those only defaults and checks count. */
  readonly nested?: Readonly<Record<string, Pick<AttributePlan, "default" | "checks">>>;
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
  /** fail: an error that leaves what was done in the state; a resource that is new becomes tainted. */
  readonly fail: (problem: Problem) => void;
}
