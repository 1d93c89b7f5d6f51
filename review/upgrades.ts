import type { Finding, Subject } from "./finding";
import { isObject, listAt, numberAt, textAt, valueAt } from "./json";
import type { Json } from "./json";
import { kindOf, manifestOf } from "./manifests";
import { differenceOf } from "./object-difference";
import type { Change, Plan } from "./plan";
import { listed } from "./words";

/** upgrades of nodes that run: the plans of the system-upgrade-controller, as one thing. */
export function upgrades({ changes }: Plan): Finding[] {
  const plans = changes.filter((change) => kindOf(change) === "Plan");
  const [first] = plans;
  if (first === undefined) return [];
  return [{ fields: [], addresses: plans.map(({ address }) => address), ...told(first, plans) }];
}

const way: Subject = { kind: "upgrade", name: "the upgrade of running nodes" };

/** versionsOf RKE2 in an update of one plan; undefined = it stays. */
function versionsOf(change: Change): { from: string; to: string } | undefined {
  const [from, to] = [change.before, change.after].map((values) =>
    textAt(values, "manifest", "spec", "version"),
  );
  return from === undefined || to === undefined || from === to ? undefined : { from, to };
}

function told(first: Change, plans: readonly Change[]): Pick<Finding, "subject" | "effect" | "sentence"> {
  if (first.action === "create")
    return { subject: way, effect: "made", sentence: "follows rke2.version from now on" };
  if (first.action === "delete" || first.action === "forget")
    return { subject: way, effect: "destroyed", sentence: "is done by hand from now on" };
  const versions = versionsOf(first);
  if (versions === undefined)
    return {
      subject: way,
      effect: "changed in place",
      sentence: `is done in another way${plans.map(differenceOf)[0] ?? ""}`,
    };
  const { from, to } = versions;
  return {
    subject: { kind: "upgrade", name: "RKE2" },
    effect: "upgraded",
    sentence: `goes from ${from} to ${to} on ${plans.map(nodesOf).sort().join(" and then ")}${windowOf(manifestOf(first))}`,
  };
}

function nodesOf(plan: Change): string {
  const manifest = manifestOf(plan);
  if (textAt(manifest, "metadata", "name") === "server-plan") return "servers one by one";
  const atOnce = numberAt(manifest, "spec", "concurrency") ?? 1;
  const drained = isObject(valueAt(manifest, "spec", "drain")) ? ", drained first" : "";
  return `workers ${atOnce === 1 ? "one by one" : `${atOnce} at once`}${drained}`;
}

function windowOf(manifest: Json | undefined): string {
  const window = valueAt(manifest, "spec", "window");
  if (!isObject(window)) return "; it begins as soon as this is deployed";
  const days = listAt(window, "days").filter((day) => typeof day === "string");
  const on = days.length === 0 ? "" : ` on ${listed(days)}`;
  return `; it begins between ${textAt(window, "startTime") ?? "?"} and ${textAt(window, "endTime") ?? "?"}${on}`;
}
