import { sameProxmox } from "../draft";
import type { Draft } from "../draft";
import { contains, ipv4Number } from "../network";
import { error } from "../problem";
import type { Place, Problem } from "../problem";

/** identities: no VM id and no MAC belongs to two machines. */
export function identities(drafts: readonly Draft[]): Problem[] {
  const machines = drafts.flatMap(machinesOf);
  return [...vmIdsOutOfRange(machines), ...vmIdsTwice(machines), ...macsTwice(machines)];
}

interface Machine {
  readonly kind: "node" | "template" | "installer";
  readonly name: string;
  readonly vmId: number;
  readonly mac?: string;
  /** address that id and MAC are made of: the node's own, a template's host's. */
  readonly address: number;
  readonly place: Place;
  /** pinnedBy, the host whose templateId says the id outright. */
  readonly pinnedBy?: string;
  readonly host: string;
  readonly draft: Draft;
}

function machinesOf(draft: Draft): Machine[] {
  const nodes = draft.machines.map(({ vmName: name, vmId, mac, address, keys, host }): Machine => {
    return { kind: "node", name, vmId, mac, address, place: draft.at(...keys, "first"), host, draft };
  });
  const templates = draft.templates.flatMap(({ name, vmId, host, installer }): Machine[] => {
    const { address, templateId } = draft.input.proxmox.hosts[host] ?? {};
    if (address === undefined) return [];
    const place = draft.at("proxmox", "hosts", host, templateId === undefined ? "address" : "templateId");
    const pinned = templateId === undefined ? {} : { pinnedBy: host };
    const template: Machine = {
      kind: "template",
      name,
      vmId,
      address: ipv4Number(address),
      place,
      ...pinned,
      host,
      draft,
    };
    return installer === undefined
      ? [template]
      : [template, { ...template, kind: "installer", ...installer }];
  });
  return [...nodes, ...templates];
}

/** Proxmox takes VM ids from 100 to 999999999 (pve-docs: qm, vmid). */
function vmIdsOutOfRange(machines: readonly Machine[]): Problem[] {
  const outside = machines.filter(({ vmId }) => vmId < 100 || vmId > 999_999_999).filter(standsInNetwork);
  return byRemedy(
    outside.map((machine) => ({ pair: [machine, machine], fix: remedy(machines, machine) })),
  ).map(({ pair: [machine], more, fix }) => {
    const base = baseOf(machine);
    const written = machine.draft.input.proxmox.vmIds?.[base] !== undefined && machine.pinnedBy === undefined;
    return error(
      "machines/vm-id-out-of-range",
      [written ? machine.draft.at("proxmox", "vmIds", base) : machine.place],
      {
        found: `${machine.name} would have VM id ${machine.vmId}${more}`,
        why: "Proxmox takes VM ids from 100 to 999999999",
        fix,
      },
    );
  });
}

function vmIdsTwice(machines: readonly Machine[]): Problem[] {
  const pairs = pairsBy(machines, ({ vmId }) => String(vmId)).filter(([a, b]) =>
    sameProxmox(a.draft, b.draft),
  );
  return byRemedy(pairs.map((pair) => ({ pair, fix: remedy(machines, pair[1], pair[0]) }))).map(
    ({ pair: [earlier, later], more, fix }) =>
      error("machines/vm-id-twice", [later.place, earlier.place], {
        found: `VM id ${later.vmId} for ${later.name} and ${earlier.name}${more}`,
        why: "a VM id stands for one machine on all hosts of a Proxmox cluster",
        fix,
      }),
  );
}

function macsTwice(machines: readonly Machine[]): Problem[] {
  const prefix = freePrefix(machines);
  const pairs = pairsBy(machines, ({ mac }) => mac).map((pair) => {
    const whose = pair[1].draft === pair[0].draft ? "" : ` of ${pair[1].draft.input.name}`;
    return { pair, fix: `set proxmox.macPrefix${whose} to "${prefix}"` };
  });
  return byRemedy(pairs).map(({ pair: [earlier, later], more, fix }) =>
    error("machines/mac-twice", [later.place, earlier.place], {
      found: `MAC ${later.mac} for ${later.name} and ${earlier.name}${more}`,
      why: "a MAC is macPrefix and the last three numbers of an address, and a switch knows each MAC once",
      fix: earlier.draft === later.draft ? "choose addresses that differ in their last three numbers" : fix,
    }),
  );
}

type Pair = readonly [earlier: Machine, later: Machine];

/** pairsBy a value that only one machine may have; machines that share an address are another rule's. */
function pairsBy(machines: readonly Machine[], key: (machine: Machine) => string | undefined): Pair[] {
  const seen = new Map<string, Machine[]>();
  const shareAddress = (a: Machine, b: Machine) =>
    a.kind === b.kind && a.address === b.address && (a.kind === "node" || a.draft === b.draft);
  return machines.flatMap((machine) => {
    const value = key(machine);
    if (value === undefined) return [];
    const earlier = seen.get(value) ?? [];
    seen.set(value, [...earlier, machine]);
    return earlier.filter((one) => !shareAddress(one, machine)).map((one): Pair => [one, machine]);
  });
}

interface Remedied {
  readonly pair: Pair;
  readonly fix: string;
}

/** byRemedy: what one edit settles is one problem. */
function byRemedy(pairs: readonly Remedied[]): (Remedied & { more: string })[] {
  const groups = new Map<string, Remedied[]>();
  for (const one of pairs) {
    const key = JSON.stringify([one.pair.map(({ place }) => place.cluster), one.fix]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].flatMap(([first, ...rest]) =>
    first === undefined
      ? []
      : [{ ...first, more: rest.length === 0 ? "" : `, and ${rest.length} more like it` }],
  );
}

/** standsInNetwork: the id of a node that does not is nonsense, which the rule on its address has said. */
function standsInNetwork({ kind, address, draft }: Machine): boolean {
  return kind !== "node" || contains(draft.input.network.nodes, address);
}

function baseOf(machine: Machine): "nodes" | "templates" {
  return machine.kind === "node" ? "nodes" : "templates";
}

/** remedy: one host's templateId where one template is in another's way, else a base that suits all of the kind. */
function remedy(machines: readonly Machine[], machine: Machine, other?: Machine): string {
  const used = new Set(machines.map(({ vmId }) => vmId));
  const alone = other !== undefined && other.draft === machine.draft && other.kind !== "node";
  if (machine.kind !== "node" && (alone || machine.pinnedBy !== undefined)) {
    let id = 9000;
    while (used.has(id) || used.has(id + 500)) id += 1;
    return `set proxmox.hosts.${machine.host}.templateId to ${id}`;
  }
  const base = baseOf(machine);
  const current = machine.draft.input.proxmox.vmIds?.[base] ?? (base === "nodes" ? 1000 : 9000);
  const own = machines.filter((one) => one.draft === machine.draft && baseOf(one) === base);
  const rest = new Set(machines.filter((one) => !own.includes(one)).map(({ vmId }) => vmId));
  let next = base === "nodes" ? 1000 : 9000;
  while (own.some(({ vmId }) => rest.has(vmId - current + next))) next += 100;
  const whose = machines.some(({ draft }) => draft !== machine.draft)
    ? ` of ${machine.draft.input.name}`
    : "";
  return `set proxmox.vmIds.${base}${whose} to ${next}`;
}

/** freePrefix that no machine of the file has, nor any installer made from it. */
function freePrefix(machines: readonly Machine[]): string {
  const used = new Set(machines.flatMap(({ mac }) => (mac === undefined ? [] : [mac.slice(3, 8)])));
  let last = 0x12;
  while (used.has(`24:${last.toString(16).toUpperCase()}`)) last += 1;
  return `02:24:${last.toString(16).toUpperCase()}`;
}
