import type { Draft } from "../draft";
import type { Problem } from "../problem";
import { addresses } from "./addresses";
import { programArguments } from "./arguments";
import { artifacts } from "./artifacts";
import { certificates } from "./certificates";
import { clashes } from "./clashes";
import { edge } from "./edge";
import { engines } from "./engines";
import { etcd } from "./etcd";
import { exposure } from "./exposure";
import { hardening } from "./hardening";
import { hosts } from "./hosts";
import { identities } from "./identities";
import { machines } from "./machines";
import { names } from "./names";
import { networks } from "./networks";
import { pins } from "./pins";
import { ports } from "./ports";
import { references } from "./references";
import { registries } from "./registries";
import { rke2 } from "./rke2";
import { room } from "./room";
import { routerIds } from "./router-ids";
import { routes } from "./routes";
import { sameHost } from "./same-host";
import { services } from "./services";
import { state } from "./state";
import { storage } from "./storage";
import { taints } from "./taints";
import { upgrades } from "./upgrades";
import { workloads } from "./workloads";

/** rules in the reading order of cluster.ts; each looks at all clusters of a file. */
const rules: readonly ((drafts: readonly Draft[]) => Problem[])[] = [
  names,
  hosts,
  room,
  networks,
  addresses,
  clashes,
  routerIds,
  identities,
  machines,
  taints,
  programArguments,
  etcd,
  rke2,
  registries,
  artifacts,
  hardening,
  storage,
  upgrades,
  references,
  services,
  ports,
  workloads,
  exposure,
  certificates,
  routes,
  sameHost,
  edge,
  engines,
  state,
  pins,
];

export function judge(drafts: readonly Draft[]): Problem[] {
  return rules.flatMap((rule) => rule(drafts));
}
