import type { Cluster } from "../../../../config/model";
import type { EngineName } from "../../../../config/model/ingress";
import type { Policy, RouteRule } from "../../../../config/model/routes";
import { clusterOf, prefix, route } from "../istio-and-nginx";

/** Scenario of a capability: a cluster that asks for it, and the same one that does not. */
export interface Scenario {
  /** without; absent = nothing at all is compared with. */
  readonly without?: Cluster;
  readonly with: Cluster;
  /** carries these texts, whatever the engine calls the fields around them. */
  readonly carries: readonly string[];
  /** on some engines other texts. */
  readonly on?: Readonly<Partial<Record<EngineName, readonly string[]>>>;
}

/** plain cluster: /hello on one host. */
export const plain = oneRule(prefix("/hello"));

/** policy of /hello, against none. */
export function policy(
  asked: Partial<Policy>,
  carries: readonly string[],
  on: Scenario["on"] = {},
): Scenario {
  return { without: plain, with: oneRule(prefix("/hello", asked)), carries, on };
}

/** oneRule on one host. */
export function oneRule(...rules: readonly RouteRule[]): Cluster {
  return clusterOf([route(["main.test.com"], rules)]);
}
