import { samePlace } from "../claims";
import { sameProxmox } from "../draft";
import type { Draft } from "../draft";
import { ipv4Number } from "../network";
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
  const nodes = draft.nodes.map(({ vmName: name, vmId, mac, address, keys, host }): Machine => {
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
  const outside = machines.filter(({ vmId }) => vmId < 100 || vmId > 999_999_999);
  return grouped(outside.map((machine): Pair => [machine, machine])).map(({ pair: [machine] }) => {
    const base = baseOf(machine);
    const written = machine.draft.input.proxmox.vmIds?.[base] !== undefined && machine.pinnedBy === undefined;
    return error(
      "machines/vm-id-out-of-range",
      [written ? machine.draft.at("proxmox", "vmIds", base) : machine.place],
      {
        found: `${machine.name} would have VM id ${machine.vmId}`,
        why: "Proxmox takes VM ids from 100 to 999999999",
        fix: remedy(machines, machine),
      },
    );
  });
}

function vmIdsTwice(machines: readonly Machine[]): Problem[] {
  const pairs = pairsBy(machines, ({ vmId }) => String(vmId)).filter(([a, b]) =>
    sameProxmox(a.draft, b.draft),
  );
  return grouped(pairs).map(({ pair: [earlier, later], more }) =>
    error("machines/vm-id-twice", [later.place, earlier.place], {
      found: `VM id ${later.vmId} for ${later.name} and ${earlier.name}${more}`,
      why: "a VM id stands for one machine on all hosts of a Proxmox cluster",
      fix: remedy(machines, later, earlier),
    }),
  );
}

function macsTwice(machines: readonly Machine[]): Problem[] {
  return grouped(pairsBy(machines, ({ mac }) => mac)).map(({ pair: [earlier, later], more }) =>
    error("machines/mac-twice", [later.place, earlier.place], {
      found: `MAC ${later.mac} for ${later.name} and ${earlier.name}${more}`,
      why: "a MAC is macPrefix and the last three numbers of an address, and a switch knows each MAC once",
      fix:
        later.draft === earlier.draft
          ? "choose addresses that differ in their last three numbers"
          : `set proxmox.macPrefix of ${later.draft.input.name} to "${freePrefix(machines)}"`,
    }),
  );
}

type Pair = readonly [earlier: Machine, later: Machine];

/** pairsBy a value that only one machine may have; machines that share an address are another rule's. */
function pairsBy(machines: readonly Machine[], key: (machine: Machine) => string | undefined): Pair[] {
  const seen = new Map<string, Machine[]>();
  return machines.flatMap((machine) => {
    const value = key(machine);
    if (value === undefined) return [];
    const earlier = seen.get(value) ?? [];
    seen.set(value, [...earlier, machine]);
    return earlier
      .filter((one) => !(one.kind === "node" && machine.kind === "node" && one.address === machine.address))
      .map((one): Pair => [one, machine]);
  });
}

function grouped(pairs: readonly Pair[]): { pair: Pair; more: string }[] {
  const groups: Pair[][] = [];
  for (const pair of pairs) {
    const group = groups.find((one) =>
      one[0]?.every((machine, side) => samePlace(machine.place, pair[side]?.place ?? machine.place)),
    );
    if (group === undefined) groups.push([pair]);
    else group.push(pair);
  }
  return groups.flatMap(([pair, ...more]) =>
    pair === undefined ? [] : [{ pair, more: more.length === 0 ? "" : `, and ${more.length} more like it` }],
  );
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
