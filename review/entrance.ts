import type { Finding } from "./finding";
import { textAt } from "./json";
import type { Json } from "./json";
import type { Change, Plan } from "./plan";

/** Move of the address that the load balancer gives the ingress. */
export interface Move {
  readonly from: string;
  /** to, undefined where the ingress goes. */
  readonly to?: string;
  readonly change: Change;
}

/** movesIn a plan, told by the gate that waits for the address. */
export function movesIn({ changes }: Plan): Move[] {
  return changes.flatMap((change): Move[] => {
    if (change.type !== "null_resource" || change.name !== "address_given") return [];
    const from = addressIn(change.before);
    const to = addressIn(change.after);
    return from === undefined || from === to ? [] : [{ from, change, ...(to === undefined ? {} : { to }) }];
  });
}

/** entrance: what becomes of the address that requests come in by. */
export function entrance(plan: Plan): Finding[] {
  return movesIn(plan).map(({ from, to, change }) => ({
    subject: { kind: "platform", name: "the ingress' address" },
    effect: to === undefined ? "destroyed" : "changed in place",
    sentence: to === undefined ? `${from} is given back` : `moves from ${from} to ${to}`,
    fields: ["address"],
    interrupts: {
      what: `all that comes in by ${from}`,
      lasts: to === undefined ? "for good" : "for a while",
    },
    addresses: [change.address],
  }));
}

function addressIn(values: Json | undefined): string | undefined {
  return textAt(values, "triggers", "address");
}
