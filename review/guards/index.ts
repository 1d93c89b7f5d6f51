import type { Plan } from "../plan";
import { addresses } from "./addresses";
import { disks } from "./disks";
import { keys } from "./keys";
import { servers } from "./servers";
import { templates } from "./templates";
import { versions } from "./versions";
import type { GuardName, Violation } from "./violation";

const guards: readonly ((plans: readonly Plan[]) => Violation[])[] = [
  servers,
  keys,
  disks,
  addresses,
  templates,
  versions,
];

/** judge plans: what would harm the cluster, with the reasons of those that were overridden. */
export function judge(
  plans: readonly Plan[],
  accepted: Readonly<Partial<Record<GuardName, string>>> = {},
): Violation[] {
  return guards
    .flatMap((guard) => guard(plans))
    .map((violation) => {
      const reason = accepted[violation.guard];
      return reason === undefined ? violation : { ...violation, accepted: reason };
    });
}
