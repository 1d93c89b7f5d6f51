import type { Finding } from "./finding";
import { vmType } from "./machines";
import type { Change, Plan } from "./plan";

/** keys, what makes a cluster itself: authorities, tokens, the passwords by which nodes are known. */
export function keys(plan: Plan): Finding[] {
  return [...made(plan), ...changed(plan)];
}

/** made on the first deploy of a cluster: nothing rests on them yet. */
function made(plan: Plan): Finding[] {
  const own = plan.changes.filter(isOfCluster);
  if (own.length === 0 || isBegun(plan)) return [];
  const names = [...new Set(own.flatMap((change) => keyOf(change)?.name ?? []))];
  return [
    {
      subject: { kind: "key", name: "the cluster's key set" },
      effect: "made",
      sentence: `is made: ${names.join(", ")}`,
      fields: [],
      addresses: own.map(({ address }) => address),
    },
  ];
}

function changed(plan: Plan): Finding[] {
  const named = new Map<string, Finding>();
  for (const change of plan.changes) {
    const key = keyOf(change);
    if (key === undefined || !endsIn(plan, change, key)) continue;
    const known = named.get(key.name);
    const finding = findingOf(change, key);
    named.set(
      key.name,
      known === undefined ? finding : { ...known, addresses: [...known.addresses, change.address] },
    );
  }
  return [...named.values()];
}

/** endsIn a plan: the key that the cluster runs with is no longer the one that is known here. */
export function endsIn(plan: Plan, change: Change, key: Key): boolean {
  if (change.action === "create") return isOfCluster(change) && isBegun(plan);
  return !machinesEnding(plan).has(key.node ?? "");
}

/** isBegun: other keys of the cluster are there, so that one which is made is one that was lost from the state. */
function isBegun({ changes, planned }: Plan): boolean {
  const created = new Set(changes.flatMap(({ action, address }) => (action === "create" ? [address] : [])));
  return planned.some((resource) => isOfCluster(resource) && !created.has(resource.address));
}

function isOfCluster(resource: Pick<Change, "type" | "name">): boolean {
  const key = keyOf(resource);
  return key !== undefined && key.node === undefined;
}

/** machinesEnding with this plan: what only they were known by ends with them. */
export function machinesEnding({ changes }: Plan): ReadonlySet<string> {
  return new Set(
    changes.flatMap(({ type, name, action }) => (type === vmType && action === "delete" ? [name] : [])),
  );
}

function findingOf(change: Change, key: Key): Finding {
  const ends = change.action !== "update" && change.action !== "forget";
  const gone = change.action === "delete";
  const lost =
    change.action === "create" ? `is no longer in the state, and another is made: it ${key.ends}` : key.ends;
  return {
    subject: { kind: "key", name: key.name },
    effect: gone
      ? "destroyed"
      : ends
        ? "replaced"
        : change.action === "forget"
          ? "forgotten"
          : "changed in place",
    sentence: ends
      ? lost
      : change.action === "forget"
        ? "stays with the cluster, and nothing here knows it any more"
        : "is written anew",
    fields: [],
    ...(ends && key.interrupts !== undefined
      ? { interrupts: { what: key.interrupts, lasts: "for good" } }
      : {}),
    addresses: [change.address],
  };
}

/** Key that a resource stands for, and what its end means. */
export interface Key {
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
