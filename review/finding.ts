/** Effect of a plan on one thing, from harmless to harmful. */
export type Effect =
  | "made"
  | "changed in place"
  | "first-boot data changes"
  | "upgraded"
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
  /** keeps, data that stays although what used it ends. */
  readonly keeps?: string;
  readonly interrupts?: Interruption;
  /** addresses of the resources that it stands for. */
  readonly addresses: readonly string[];
}

/** Interruption, what does not answer for a while or any more. */
export interface Interruption {
  readonly what: string;
  readonly lasts: "for good" | "for a while";
}

/** Subject of a finding, as cluster.ts has it. */
export interface Subject {
  readonly kind: Kind;
  readonly name: string;
}

export type Kind =
  | "server"
  | "worker"
  | "load balancer"
  | "template"
  | "key"
  | "platform"
  | "storage"
  | "upgrade"
  | "namespace"
  | "pool"
  | "dns"
  | "issuer"
  | "certificate"
  | "config map"
  | "secret"
  | "service"
  | "route"
  | "edge host";

/** labelOf a subject: its name, with its kind where the name alone does not tell. */
export function labelOf({ kind, name }: Subject): string {
  return spelledOut.includes(kind) ? `${kind} ${name}` : name;
}

const spelledOut: readonly Kind[] = [
  "storage",
  "namespace",
  "pool",
  "issuer",
  "certificate",
  "config map",
  "secret",
  "service",
];
