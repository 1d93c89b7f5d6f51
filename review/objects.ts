import type { Effect, Finding, Subject } from "./finding";
import { differing, isObject, textAt, valueAt } from "./json";
import type { Change, Plan } from "./plan";

/** objects in the cluster that a plan touches: charts, pools, services, routes, one finding for each entry of the file. */
export function objects(plan: Plan): Finding[] {
  const groups = new Map<string, { subject: Subject; changes: Change[] }>();
  for (const change of plan.changes) {
    const subject = subjectOf(change);
    if (subject === undefined) continue;
    const key = `${subject.kind} ${subject.name}`;
    const group = groups.get(key) ?? { subject, changes: [] };
    group.changes.push(change);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ subject, changes }) => findingOf(subject, changes));
}

function findingOf(subject: Subject, changes: readonly Change[]): Finding {
  const effect = effectOf(changes);
  const interrupts = interruptionOf(subject, effect, changes);
  const loses = lossOf(changes);
  return {
    subject,
    effect,
    sentence: sentenceOf(effect, changes),
    fields: [],
    ...(loses === undefined ? {} : { loses }),
    ...(interrupts === undefined ? {} : { interrupts }),
    addresses: changes.map(({ address }) => address),
  };
}

/** effectOf an entry: made or destroyed only where all of it is. */
function effectOf(changes: readonly Change[]): Effect {
  const every = (action: Change["action"]): boolean => changes.every((change) => change.action === action);
  if (every("create")) return "made";
  if (every("delete")) return "destroyed";
  return changes.some(({ action }) => action === "replace") ? "replaced" : "changed in place";
}

function sentenceOf(effect: Effect, changes: readonly Change[]): string {
  const each = changes.map((change) => `${verbs[change.action]} ${titleOf(change)}${detailOf(change)}`);
  if (effect === "made") return `is made: ${changes.map(titleOf).join(", ")}`;
  if (effect === "destroyed") return `is taken away: ${changes.map(titleOf).join(", ")}`;
  return each.join("; ");
}

const verbs: Readonly<Record<Change["action"], string>> = {
  create: "adds",
  update: "changes",
  replace: "replaces",
  delete: "takes away",
  forget: "forgets",
};

/** detailOf an update: the fields of the object that differ. */
function detailOf({ action, type, before, after }: Change): string {
  if (action !== "update") return "";
  if (type === "helm_release") {
    const [from, to] = [textAt(before, "version"), textAt(after, "version")];
    return from === to ? " (values)" : ` (${from} → ${to})`;
  }
  const paths = changedPaths(valueAt(before, "manifest"), valueAt(after, "manifest"));
  return paths.length === 0 ? "" : ` (${paths.slice(0, 4).join(", ")}${paths.length > 4 ? ", …" : ""})`;
}

/** changedPaths below an object, as deep as both sides are objects. */
function changedPaths(
  before: ReturnType<typeof valueAt>,
  after: ReturnType<typeof valueAt>,
  at = "",
): string[] {
  return differing(before, after).flatMap((field) => {
    const [one, other] = [valueAt(before, field), valueAt(after, field)];
    const path = at === "" ? field : `${at}.${field}`;
    return isObject(one) && isObject(other) ? changedPaths(one, other, path) : [path];
  });
}

function titleOf({ type, name, before, after }: Change): string {
  if (type === "helm_release") return `chart ${name}`;
  if (type === "kubernetes_secret_v1")
    return `Secret ${textAt(after ?? before, "metadata", 0, "name") ?? name}`;
  const manifest = valueAt(after ?? before, "manifest");
  return `${textAt(manifest, "kind") ?? type} ${textAt(manifest, "metadata", "name") ?? name}`;
}

function subjectOf({ type, name, before, after }: Change): Subject | undefined {
  if (type === "helm_release") return { kind: "platform", name };
  if (type === "kubernetes_secret_v1") {
    return { kind: "service", name: `secret ${textAt(after ?? before, "metadata", 0, "name") ?? name}` };
  }
  if (type !== "kubernetes_manifest") return undefined;
  const [, part = "", entry = ""] =
    /^(namespace|pool|dns|issuer|certificate|ingress|config-map|service|route|upgrade|storage)-(.+?)(?:_[a-z0-9-]+_[0-9A-F]{8})?$/.exec(
      name,
    ) ?? [];
  const kinds: Readonly<Record<string, Subject["kind"]>> = {
    pool: "pool",
    service: "service",
    route: "route",
    certificate: "certificate",
    upgrade: "upgrade",
  };
  const kind = kinds[part];
  return kind === undefined
    ? { kind: "platform", name: part === "" ? name : `${part} ${entry}` }
    : { kind, name: entry };
}

function interruptionOf(subject: Subject, effect: Effect, changes: readonly Change[]): string | undefined {
  if (
    effect === "destroyed" &&
    (subject.kind === "route" || subject.kind === "service" || subject.kind === "pool")
  ) {
    return `${subject.kind} ${subject.name}`;
  }
  const gone = changes.some(
    (change) =>
      (change.action === "replace" || change.action === "delete") && answering.includes(kindOf(change)),
  );
  return gone ? `${subject.kind} ${subject.name}, for a while` : undefined;
}

/** answering kinds: while one of them is made again nobody answers. */
const answering = [
  "Service",
  "Deployment",
  "StatefulSet",
  "DaemonSet",
  "IngressRoute",
  "HTTPRoute",
  "Ingress",
  "Gateway",
  "VirtualService",
  "IPAddressPool",
  "L2Advertisement",
];

function lossOf(changes: readonly Change[]): string | undefined {
  const volumes = changes.filter(
    (change) =>
      (change.action === "delete" || change.action === "replace") &&
      kindOf(change) === "PersistentVolumeClaim",
  );
  return volumes.length === 0 ? undefined : volumes.map((change) => `volume ${titleOf(change)}`).join(", ");
}

function kindOf({ before, after }: Change): string {
  return textAt(before ?? after, "manifest", "kind") ?? "";
}
