import type { ClusterLiteral } from "./schema";
import type { Named, Names } from "./schema/references";

/**
 * ClusterDefinition is the literal in `cluster.ts`. Its parameters are the names that the file declares, so that a
 * name elsewhere that nothing declares is red in the editor.
 */
export interface ClusterDefinition<
  Host extends string,
  Store extends string,
  Shared extends string,
  N extends Names,
> extends Omit<Named<ClusterLiteral, N>, Declaring> {
  readonly proxmox: ProxmoxDefinition<Host, Store, Shared>;
  readonly servers: On<ClusterLiteral["servers"], Host>;
  readonly workers: On<WorkersLiteral, Host> | Readonly<Record<string, On<WorkersLiteral, Host>>>;
  readonly api:
    | DirectApi
    | (Omit<HaProxyApi, "loadBalancers"> & { readonly loadBalancers: On<HaProxyApi["loadBalancers"], Host> });
  readonly loadBalancer: OneRange | { readonly pools: Declared<N["pool"], AddressPool> };
  readonly services?: Declared<N["service"], Named<Entry<"services">, N>>;
  readonly configMaps?: Declared<N["configMap"], Entry<"configMaps">>;
  readonly secrets?: Declared<N["secret"], Entry<"secrets">>;
  readonly issuers?: Declared<N["issuer"], Named<Entry<"issuers">, N>>;
  readonly certificates?: Declared<N["certificate"], Named<Entry<"certificates">, N>>;
}

/** defineCluster returns its argument; it is there for the compiler. */
export function defineCluster<
  const Host extends string,
  const Store extends string = never,
  const Shared extends string = never,
  const Service extends string = never,
  const ConfigMap extends string = never,
  const Secret extends string = never,
  const Issuer extends string = never,
  const Certificate extends string = never,
  const Pool extends string = "default",
>(
  cluster: ClusterDefinition<
    Host,
    Store,
    Shared,
    Declares<Service, ConfigMap, Secret, Issuer, Certificate, Pool>
  >,
): ClusterDefinition<Host, Store, Shared, Declares<Service, ConfigMap, Secret, Issuer, Certificate, Pool>> {
  return cluster;
}

interface Declares<
  Service extends string,
  ConfigMap extends string,
  Secret extends string,
  Issuer extends string,
  Certificate extends string,
  Pool extends string,
> extends Names {
  readonly service: Service;
  readonly configMap: ConfigMap;
  readonly secret: Secret;
  readonly issuer: Issuer;
  readonly certificate: Certificate;
  readonly pool: Pool;
}

type Declaring =
  | "proxmox"
  | "servers"
  | "workers"
  | "api"
  | "loadBalancer"
  | "services"
  | "configMaps"
  | "secrets"
  | "issuers"
  | "certificates";

type Declared<Name extends string, Of> = Readonly<Record<Name, Of>>;
type Entry<Section extends "services" | "configMaps" | "secrets" | "issuers" | "certificates"> = NonNullable<
  ClusterLiteral[Section]
>[string];

type OneRange = Extract<ClusterLiteral["loadBalancer"], { addresses: unknown }>;
type AddressPool = Extract<ClusterLiteral["loadBalancer"], { pools: unknown }>["pools"][string];

type ProxmoxLiteral = ClusterLiteral["proxmox"];
type HostLiteral = ProxmoxLiteral["hosts"][string];
type WorkersLiteral = Extract<ClusterLiteral["workers"], { on: readonly string[] }>;
type HaProxyApi = Extract<ClusterLiteral["api"], { through: "haproxy" }>;
type DirectApi = Exclude<ClusterLiteral["api"], HaProxyApi>;
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

type On<Pool extends { on: unknown }, Host extends string> = Omit<Pool, "on"> & {
  readonly on: readonly NoInfer<Host>[];
};

/** StoreName is a declared store, or `local`, which every Proxmox host has. */
type StoreName<Store extends string> = NoInfer<Store> | "local";
