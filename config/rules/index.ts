import type { Draft } from "../draft";
import type { Problem } from "../problem";
import { addresses } from "./addresses";
import { engines } from "./capabilities";
import { certificates } from "./certificates";
import { clashes } from "./clashes";
import { exposure } from "./exposure";
import { hosts } from "./hosts";
import { identities } from "./identities";
import { machines } from "./machines";
import { names } from "./names";
import { networks } from "./networks";
import { order } from "./order";
import { pins } from "./pins";
import { references } from "./references";
import { rke2 } from "./rke2";
import { room } from "./room";
import { routes } from "./routes";
import { services } from "./services";

/** rules in the reading order of cluster.ts; each looks at all clusters of a file. */
const rules: readonly ((drafts: readonly Draft[]) => Problem[])[] = [
  names,
  hosts,
  room,
  networks,
  addresses,
  clashes,
  identities,
  machines,
  rke2,
  references,
  services,
  exposure,
  certificates,
  routes,
  order,
  engines,
  pins,
];

export function judge(drafts: readonly Draft[]): Problem[] {
  return rules.flatMap((rule) => rule(drafts));
}
