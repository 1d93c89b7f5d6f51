import { demandOf, templateDisks } from "../demand";
import { isShared, sameProxmox } from "../draft";
import type { Draft } from "../draft";
import { error, warning } from "../problem";
import type { Place, Problem } from "../problem";
import { gib, mib, printGiB, printMiB } from "../units";
import { counted, listOf } from "../words";

/** room: what the machines of all clusters ask of a host is there. */
export function room(drafts: readonly Draft[]): Problem[] {
  return [
    ...ratiosDiffer(drafts),
    ...physicalHosts(drafts).flatMap((host) => hostProblems(host)),
    ...sharedStores(drafts),
  ];
}

/** PhysicalHost is one host as each cluster on it names it. */
interface PhysicalHost {
  readonly name: string;
  readonly seenBy: readonly Draft[];
}

function physicalHosts(drafts: readonly Draft[]): PhysicalHost[] {
  const hosts = new Map<string, { name: string; seenBy: Draft[] }>();
  for (const draft of drafts) {
    for (const [name, { address }] of Object.entries(draft.input.proxmox.hosts)) {
      const known = hosts.get(address);
      if (known === undefined) hosts.set(address, { name, seenBy: [draft] });
      else if (!known.seenBy.includes(draft)) known.seenBy.push(draft);
    }
  }
  return [...hosts.values()];
}

/** ratiosDiffer: a host has one ratio, whoever's machines are on it. */
function ratiosDiffer(drafts: readonly Draft[]): Problem[] {
  const declared = drafts.flatMap((draft) => {
    const { overcommit, hosts } = draft.input.proxmox;
    return overcommit === undefined ? [] : [{ draft, overcommit, hosts: Object.entries(hosts) }];
  });
  return declared.flatMap(({ draft, overcommit, hosts }, index) => {
    const addresses = hosts.map(([, { address }]) => address);
    const [clash] = declared.slice(0, index).flatMap((earlier) => {
      const shared = earlier.hosts.find(([, { address }]) => addresses.includes(address));
      return shared === undefined || earlier.overcommit === overcommit ? [] : [{ earlier, on: shared[0] }];
    });
    if (clash === undefined) return [];
    const { earlier, on } = clash;
    const places: Problem["places"] = [
      draft.at("proxmox", "overcommit"),
      earlier.draft.at("proxmox", "overcommit"),
    ];
    return [
      error("hosts/overcommit-differs", places, {
        found: `${overcommit} in ${draft.input.name}, ${earlier.overcommit} in ${earlier.draft.input.name}`,
        why: `both have machines on ${on}, and are counted together on it`,
        fix: `set proxmox.overcommit of ${draft.input.name} to ${earlier.overcommit}`,
      }),
    ];
  });
}

function hostProblems({ name, seenBy }: PhysicalHost): Problem[] {
  const [draft] = seenBy;
  const host = draft?.input.proxmox.hosts[name];
  if (draft === undefined || host === undefined) return [];
  const nodes = seenBy.flatMap((one) => one.machines.filter((node) => node.host === name));
  const { cores, memory } = demandOf(nodes.map(({ pool }) => pool));
  const owners = seenBy.length === 1 ? "" : ` of ${listOf(seenBy.map(({ input }) => input.name))}`;
  const machines = `${counted(nodes.length, "machine")}${owners}`;
  const place = (fact: "cores" | "memory"): Problem["places"] =>
    placesIn(seenBy, "proxmox", "hosts", name, fact);
  const problems: Problem[] = seenBy
    .flatMap((owner) => owner.pools.map((pool) => ({ ...pool, owner })))
    .filter(({ pool }) => pool.on.includes(name) && pool.cores > host.cores)
    .map(({ keys, pool, owner }) =>
      error(
        "machines/cores-above-host",
        [owner.at(...keys, "cores"), owner.at("proxmox", "hosts", name, "cores")],
        {
          found: `${pool.cores} cores for each, and ${name} has ${host.cores}`,
          why: "Proxmox refuses to start a machine with more cores than its host",
          fix: `set ${keys.join(".")}.cores to ${host.cores} or less`,
        },
      ),
    );
  if (memory > host.memory) {
    problems.push(
      error("machines/memory-overcommitted", place("memory"), {
        found: `${machines} ask${nodes.length === 1 ? "s" : ""} for ${printMiB(mib(memory))} of ${printMiB(host.memory)}`,
        why: "ballooning is off, as Kubernetes needs: the host would run out of memory and kill machines",
        fix: `give the machines less memory, or name more hosts beside ${name}`,
      }),
    );
  }
  const declared = seenBy.find(({ input }) => input.proxmox.overcommit !== undefined);
  const ratio = declared?.input.proxmox.overcommit ?? 1;
  if (cores > host.cores * ratio && problems.length === 0) {
    const asked = `${machines} ask${nodes.length === 1 ? "s" : ""} for ${cores} of ${host.cores} cores`;
    const [first, ...others] = place("cores");
    problems.push(
      declared === undefined
        ? warning("machines/cores-overcommitted", [first, ...others], {
            found: asked,
            why: waiting,
            fix: `give the machines fewer cores, or name more hosts beside ${name}`,
          })
        : error("machines/cores-overcommitted", [first, ...others, declared.at("proxmox", "overcommit")], {
            found: `${asked}, ${printRatio(cores / host.cores)} for each, and overcommit is ${ratio}`,
            why: waiting,
            fix: `give the machines fewer cores, name more hosts beside ${name}, or raise proxmox.overcommit`,
          }),
    );
  }
  return [...problems, ...ownStores(name, seenBy)];
}

const waiting = "under load they wait for each other, and etcd is the first to suffer";

/** printRatio up to the next hundredth, so that it never looks like the one it is above. */
function printRatio(ratio: number): string {
  return String(Math.ceil(ratio * 100) / 100);
}

function ownStores(name: string, seenBy: readonly Draft[]): Problem[] {
  const stores = new Set(seenBy.map(({ input }) => input.proxmox.disks));
  return [...stores].flatMap((store) => {
    const using = seenBy.filter(({ input }) => input.proxmox.disks === store && !isShared(input, store));
    const space = using[0]?.input.proxmox.hosts[name]?.storage[store];
    const onHost = (candidate: { host: string }) => candidate.host === name;
    return full(
      space,
      using.reduce((sum, draft) => sum + disksOf(draft, onHost), 0),
      store,
      using.map((draft) => draft.at("proxmox", "hosts", name, "storage", store)),
    );
  });
}

function sharedStores(drafts: readonly Draft[]): Problem[] {
  return drafts.flatMap((draft, index) => {
    const store = draft.input.proxmox.disks;
    const using = drafts.filter(
      (other) =>
        other.input.proxmox.disks === store && isShared(other.input, store) && sameProxmox(draft, other),
    );
    if (!isShared(draft.input, store) || using.some((other) => drafts.indexOf(other) < index)) return [];
    return full(
      draft.input.proxmox.sharedStorage?.[store],
      using.reduce((sum, other) => sum + disksOf(other, () => true), 0),
      store,
      using.map((other) => other.at("proxmox", "sharedStorage", store)),
    );
  });
}

function full(space: number | undefined, asked: number, store: string, places: readonly Place[]): Problem[] {
  const [first, ...others] = places;
  if (space === undefined || first === undefined || asked <= space) return [];
  return [
    error("machines/storage-overcommitted", [first, ...others], {
      found: `machines and templates ask for ${printGiB(gib(asked))} of ${printGiB(gib(space))}`,
      why: `when ${store} is full, every machine on it stops writing at the same moment`,
      fix: "give the machines smaller disks, or raise the size here if the store has more",
    }),
  ];
}

/** disksOf machines and templates, all written full; an installer's disk is as large as its template's. */
function disksOf(draft: Draft, counts: (machine: { host: string }) => boolean): number {
  const machines = draft.machines.filter(counts).map(({ pool }) => pool);
  return demandOf(machines).disk + templateDisks(draft.templates.filter(counts), draft.templateDisk);
}

function placesIn([first, ...others]: readonly Draft[], ...keys: string[]): Problem["places"] {
  if (first === undefined) throw new Error("a host that no cluster names");
  return [first.at(...keys), ...others.map((draft) => draft.at(...keys))];
}
