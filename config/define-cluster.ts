import type { ClusterLiteral } from "./schema";

/**
 * ClusterDefinition is the literal in `cluster.ts`. Host and Store are the names that `proxmox` declares, so that a
 * name elsewhere that nothing declares is red in the editor.
 */
export interface ClusterDefinition<
  Host extends string,
  Store extends string,
  Shared extends string,
> extends Omit<ClusterLiteral, "proxmox" | "servers" | "workers"> {
  readonly proxmox: ProxmoxDefinition<Host, Store, Shared>;
  readonly servers: PoolDefinition<Host>;
  readonly workers: PoolDefinition<Host> | Readonly<Record<string, PoolDefinition<Host>>>;
}

/** defineCluster returns its argument; it is there for the compiler. */
export function defineCluster<
  const Host extends string,
  const Store extends string = never,
  const Shared extends string = never,
>(cluster: ClusterDefinition<Host, Store, Shared>): ClusterDefinition<Host, Store, Shared> {
  return cluster;
}

type ProxmoxLiteral = ClusterLiteral["proxmox"];
type HostLiteral = ProxmoxLiteral["hosts"][string];
type PoolLiteral = ClusterLiteral["servers"];
type Size = HostLiteral["memory"];

type ProxmoxDefinition<Host extends string, Store extends string, Shared extends string> = Omit<
  ProxmoxLiteral,
  "hosts" | "sharedStorage" | "disks" | "images" | "snippets"
> & {
  readonly hosts: Readonly<Record<Host, HostDefinition<Store>>>;
  readonly sharedStorage?: Readonly<Record<Shared, Size>>;
  readonly disks: StoreName<Store | Shared>;
  readonly images: StoreName<Store | Shared>;
  readonly snippets: StoreName<Store | Shared>;
};

type HostDefinition<Store extends string> = Omit<HostLiteral, "storage"> & {
  readonly storage: { readonly [S in Store]?: Size };
};

type PoolDefinition<Host extends string> = Omit<PoolLiteral, "on"> & {
  readonly on: readonly NoInfer<Host>[];
};

/** StoreName is a declared store, or `local`, which every Proxmox host has. */
type StoreName<Store extends string> = NoInfer<Store> | "local";
