import { textAt } from "../json";
import type { Json } from "../json";
import { kindOf } from "../manifests";
import type { Change, Plan } from "../plan";
import type { Violation } from "./violation";

/** versions: RKE2 goes up, one minor at a time. Source: rke2-docs, docs/upgrades/manual.md; Kubernetes' version skew policy. */
export function versions(plans: readonly Plan[]): Violation[] {
  const moves = plans.flatMap(({ changes }) =>
    changes.flatMap((change) => {
      const [from, to] = [change.before, change.after].map((values) => versionIn(change, values));
      return from === undefined || to === undefined || from === to ? [] : [`${from} ${to}`];
    }),
  );
  return [...new Set(moves)].flatMap((move) => {
    const [from = "", to = ""] = move.split(" ");
    const steps = minorOf(to) - minorOf(from);
    if (compare(from, to) > 0)
      return [
        jump(
          from,
          to,
          "down",
          "etcd and Kubernetes write what an older release cannot read",
          "restore a snapshot that the older release took: docs/how-to/restore-from-a-snapshot.md",
        ),
      ];
    if (steps > 1)
      return [
        jump(
          from,
          to,
          `over ${steps} minors`,
          "each minor migrates what the one before wrote, and agents may be three behind at most",
          `go to the newest 1.${minorOf(from) + 1} first`,
        ),
      ];
    return [];
  });
}

/** versionIn what upgrades nodes, or in what new ones begin with, where running ones are upgraded by hand. */
function versionIn(change: Change, values: Json | undefined): string | undefined {
  if (change.type === "proxmox_virtual_environment_file")
    return /v\d+\.\d+\.\d+\+rke2r\d+/.exec(textAt(values, "source_raw", 0, "data") ?? "")?.[0];
  return kindOf(change) === "Plan" ? textAt(values, "manifest", "spec", "version") : undefined;
}

function jump(from: string, to: string, how: string, why: string, fix: string): Violation {
  return { guard: "version-jump", found: `RKE2 would go ${how}, from ${from} to ${to}`, why, fix };
}

function minorOf(version: string): number {
  return numbersOf(version)[1] ?? 0;
}

function compare(a: string, b: string): number {
  const [one, other] = [numbersOf(a), numbersOf(b)];
  const differing = one.findIndex((number, index) => number !== other[index]);
  return differing < 0 ? 0 : (one[differing] ?? 0) - (other[differing] ?? 0);
}

function numbersOf(version: string): number[] {
  return [...version.matchAll(/\d+/g)].map(([digits]) => Number(digits));
}
