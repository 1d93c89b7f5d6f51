import { createHash } from "node:crypto";

/** upgradePlans by the role of the nodes that each upgrades, under the names that RKE2's documentation gives them. */
export const upgradePlans = { server: "server-plan", agent: "agent-plan" } as const;

/** upgradeAccount, the service account of upgrade jobs; system-upgrade-controller counts it among what a node has. */
export const upgradeAccount = "system-upgrade";

/**
 * upgradeLabel that system-upgrade-controller puts on a node when its plan is done there. A new machine brings it along,
 * or each would be drained and upgraded to what it has. Set only when a node registers; the controller moves it on.
 * @see https://github.com/rancher/system-upgrade-controller/blob/v0.20.1/pkg/upgrade/plan/plan.go DigestStatus
 */
export function upgradeLabel(
  role: keyof typeof upgradePlans,
  version: string,
): Readonly<Record<string, string>> {
  const digest = createHash("sha224")
    .update(version.replaceAll("+", "-"))
    .update(upgradeAccount)
    .digest("hex");
  return { [`plan.upgrade.cattle.io/${upgradePlans[role]}`]: digest };
}
