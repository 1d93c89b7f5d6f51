/** Effect of a plan on one thing, from harmless to harmful. */
export type Effect =
  | "made"
  | "changed in place"
  | "first-boot data changes"
  | "restarts"
  | "replaced"
  | "destroyed"
  | "forgotten";

/** Finding is what a plan does to one thing that an operator knows by name. */
export interface Finding {
  readonly subject: Subject;
  readonly effect: Effect;
  /** sentence without its subject and full stop: "restarts: memory 8 GiB → 16 GiB". */
  readonly sentence: string;
  /** fields of cluster.ts that lead to it, below the subject's own entry; empty = the entry itself. */
  readonly fields: readonly string[];
  /** loses, data that is gone afterwards. */
  readonly loses?: string;
  /** interrupts, what does not answer for a while or any more. */
  readonly interrupts?: string;
  /** addresses of the resources that it stands for. */
  readonly addresses: readonly string[];
}

/** Subject of a finding, as cluster.ts has it. */
export interface Subject {
  readonly kind:
    | "server"
    | "worker"
    | "load balancer"
    | "template"
    | "key"
    | "platform"
    | "pool"
    | "service"
    | "route"
    | "certificate"
    | "edge host"
    | "upgrade";
  readonly name: string;
}
