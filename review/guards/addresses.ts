import { nameOf } from "../edge";
import { movesIn } from "../entrance";
import { textAt } from "../json";
import type { Plan } from "../plan";
import { listed } from "../words";
import type { Violation } from "./violation";

/** addresses: the load balancer's does not move away from under a host of the proxy in front. */
export function addresses(plans: readonly Plan[]): Violation[] {
  return plans.flatMap(movesIn).flatMap(({ from, to }): Violation[] => {
    const hosts = hostsLedTo(from, plans);
    if (hosts.length === 0) return [];
    return [
      {
        guard: "address-behind-edge",
        found: `the ingress moves from ${from} to ${to ?? "no address"}, where ${listed(hosts)} in the proxy ${hosts.length === 1 ? "does" : "do"} not lead`,
        why: "until the edge stack is deployed too, visitors are led to an address where nobody answers",
        fix: "choose a time when that may be, and deploy all stacks in one go",
      },
    ];
  });
}

/** hostsLedTo an address now, or after these plans still. */
function hostsLedTo(address: string, plans: readonly Plan[]): string[] {
  const staying = plans.flatMap(({ planned }) =>
    planned
      .filter(({ type, values }) => type === host && textAt(values, "forward_host") === address)
      .map(({ name, values }) => nameOf({ name, after: values })),
  );
  const changing = plans.flatMap(({ changes }) =>
    changes
      .filter(({ type, before }) => type === host && textAt(before, "forward_host") === address)
      .map(nameOf),
  );
  return [...new Set([...staying, ...changing])];
}

const host = "nginxproxymanager_proxy_host";
