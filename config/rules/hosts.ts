import { isShared } from "../draft";
import type { Draft } from "../draft";
import { error } from "../problem";
import type { Problem } from "../problem";
import { printMiB } from "../units";
import { didYouMean, listOf } from "../words";

/** hosts: every host and store that is named is declared, on each host that needs it, alike in every cluster. */
export function hosts(drafts: readonly Draft[]): Problem[] {
  return [
    ...drafts.flatMap((draft) => [...unknownHosts(draft), ...unusableStores(draft), ...storesTwice(draft)]),
    ...declaredDifferently(drafts),
  ];
}

function unknownHosts(draft: Draft): Problem[] {
  const known = Object.keys(draft.input.proxmox.hosts);
  return draft.pools.flatMap(({ keys, pool }) =>
    [...new Set(pool.on)]
      .filter((name) => !known.includes(name))
      .map((name) =>
        error("hosts/unknown-host", [draft.at(...keys, "on")], {
          found: `"${name}"`,
          why: `proxmox.hosts has ${listOf(known) || "no host"}`,
          fix: didYouMean(name, known) ?? `name one of them, or add "${name}" to proxmox.hosts`,
        }),
      ),
  );
}

function unusableStores(draft: Draft): Problem[] {
  const { proxmox } = draft.input;
  const everywhere = ["local", ...Object.keys(proxmox.sharedStorage ?? {})];
  const ofHosts = Object.values(proxmox.hosts).flatMap(({ storage }) => Object.keys(storage));
  const known = [...new Set([...ofHosts, ...everywhere])];
  const standing = Object.keys(proxmox.hosts).filter((name) =>
    [...draft.machines, ...draft.templates].some(({ host }) => host === name),
  );
  return (["disks", "images", "snippets"] as const).flatMap((use) => {
    const store = proxmox[use];
    if (everywhere.includes(store)) return [];
    if (!known.includes(store)) {
      return [
        error("hosts/unknown-store", [draft.at("proxmox", use)], {
          found: `"${store}"`,
          why: `the hosts have ${listOf(known)}`,
          fix: didYouMean(store, known) ?? `name one of them, or add "${store}" to the hosts' storage`,
        }),
      ];
    }
    const without = standing.filter((name) => !Object.hasOwn(proxmox.hosts[name]?.storage ?? {}, store));
    return without.map((name) =>
      error(
        "hosts/store-not-on-host",
        [draft.at("proxmox", use), draft.at("proxmox", "hosts", name, "storage")],
        {
          found: `"${store}", and ${name} has ${listOf(Object.keys(proxmox.hosts[name]?.storage ?? {})) || "none of its own"}`,
          why: `machines of this cluster stand on ${listOf(standing)}`,
          fix: `add "${store}" to proxmox.hosts.${name}.storage, or to proxmox.sharedStorage if every host sees the same one`,
        },
      ),
    );
  });
}

function storesTwice(draft: Draft): Problem[] {
  return Object.entries(draft.input.proxmox.hosts).flatMap(([name, host]) =>
    Object.keys(host.storage)
      .filter((store) => isShared(draft.input, store))
      .map((store) => {
        const own = draft.at("proxmox", "hosts", name, "storage", store);
        return error("hosts/store-shared-and-own", [own, draft.at("proxmox", "sharedStorage", store)], {
          found: `"${store}" in both`,
          why: "a store is either one that every host sees, or each host's own",
          fix: `take it out of proxmox.hosts.${name}.storage, or out of proxmox.sharedStorage`,
        });
      }),
  );
}

const facts = ["name", "address", "cores", "memory"] as const;

/** Two clusters that share a host must say the same of it, or the sums over its machines mean nothing. */
function declaredDifferently(drafts: readonly Draft[]): Problem[] {
  const declared = drafts.flatMap((draft) =>
    Object.entries(draft.input.proxmox.hosts).map(([name, host]) => {
      const { endpoint } = draft.input.proxmox;
      return { draft, endpoint, name, address: host.address, cores: host.cores, memory: host.memory };
    }),
  );
  type Declared = (typeof declared)[number];
  const same = (a: Declared, b: Declared) =>
    a.draft !== b.draft && (a.address === b.address || (a.name === b.name && a.endpoint === b.endpoint));
  const place = ({ draft, name }: Declared, fact: (typeof facts)[number]) =>
    draft.at("proxmox", "hosts", name, ...(fact === "name" ? [] : [fact]));
  const said = (host: Declared, fact: (typeof facts)[number]) =>
    fact === "memory" ? printMiB(host.memory) : String(host[fact]);
  return declared.flatMap((host, index) => {
    const other = declared.slice(0, index).find((earlier) => same(earlier, host));
    const fact =
      other === undefined ? undefined : facts.find((candidate) => host[candidate] !== other[candidate]);
    if (other === undefined || fact === undefined) return [];
    return [
      error("hosts/declared-differently", [place(host, fact), place(other, fact)], {
        found: `${said(host, fact)} in ${host.draft.input.name}, ${said(other, fact)} in ${other.draft.input.name}`,
        why: "clusters that share a host are counted together on it",
        fix: `write the same ${fact} in both`,
      }),
    ];
  });
}
