import type { Finding } from "./finding";
import { vmType } from "./machines";
import type { Change, Plan } from "./plan";

/** keys, what makes a cluster itself: authorities, tokens, the passwords by which nodes are known. */
export function keys(plan: Plan): Finding[] {
  const ending = machinesEnding(plan);
  const named = new Map<string, Finding>();
  for (const change of plan.changes) {
    const key = keyOf(change);
    if (key === undefined || change.action === "create" || ending.has(key.node ?? "")) continue;
    const known = named.get(key.name);
    const finding = findingOf(change, key);
    named.set(
      key.name,
      known === undefined ? finding : { ...known, addresses: [...known.addresses, change.address] },
    );
  }
  return [...named.values()];
}

/** machinesEnding with this plan: what only they were known by ends with them. */
export function machinesEnding({ changes }: Plan): ReadonlySet<string> {
  return new Set(
    changes.flatMap(({ type, name, action }) => (type === vmType && action === "delete" ? [name] : [])),
  );
}

function findingOf(change: Change, key: Key): Finding {
  const ends = change.action === "replace" || change.action === "delete";
  return {
    subject: { kind: "key", name: key.name },
    effect: change.action === "replace" ? "replaced" : ends ? "destroyed" : "changed in place",
    sentence: ends ? key.ends : "is written anew",
    fields: [],
    ...(ends && key.interrupts !== undefined ? { interrupts: key.interrupts } : {}),
    addresses: [change.address],
  };
}

/** Key that a resource stands for, and what its end means. */
interface Key {
  readonly kind: "authority" | "token" | "node password" | "administrator" | "rejoin";
  readonly name: string;
  /** node that it belongs to; absent = it is the cluster's. */
  readonly node?: string;
  readonly ends: string;
  readonly interrupts?: string;
}

/** keyOf a change; undefined = the resource holds no key of a cluster. */
export function keyOf({ type, name }: Pick<Change, "type" | "name">): Key | undefined {
  const authority =
    /^((?:server|client|request-header|etcd-server|etcd-peer)-ca|service-account)(_key_\w+)?$/.exec(
      name,
    )?.[1];
  if (authority !== undefined && type.startsWith("tls_")) {
    return {
      kind: "authority",
      name: authority,
      ends: "is lost: every certificate that it signed is worth nothing, and the cluster has to be built anew",
      interrupts: "the whole cluster",
    };
  }
  if (type === "random_password" && /^(server|agent)-token$/.test(name)) {
    return {
      kind: "token",
      name,
      ends: "is lost: machines that are made from now on cannot join the cluster that runs",
    };
  }
  const node = /^(.+)_secrets_node-password_\w+$/.exec(name)?.[1];
  if (type === "random_password" && node !== undefined) {
    return {
      kind: "node password",
      node,
      name: `${node}'s node password`,
      ends: `is lost: the cluster refuses ${node} when it is made again, until its Node is deleted`,
    };
  }
  if (type.startsWith("tls_") && name.startsWith("administrator")) {
    return {
      kind: "administrator",
      name: "administrator's certificate",
      ends: "is made anew: fetch the kubeconfig again",
    };
  }
  const rejoining = /^(.+)_secrets_rejoin/.exec(name)?.[1];
  if (type.startsWith("tls_") && rejoining !== undefined) {
    return {
      kind: "rejoin",
      node: rejoining,
      name: `${rejoining}'s rejoin certificate`,
      ends: `is made anew; ${rejoining} gets it when it is made again`,
    };
  }
  return undefined;
}
