import type { EngineName } from "../model/ingress";
import { backends } from "./backends";
import type { CapabilityRow, Gap } from "./cell";
import { matching } from "./matching";
import { security } from "./security";
import { traffic } from "./traffic";

export type Capability = keyof typeof rows;

const rows = { ...matching, ...security, ...traffic, ...backends };

/**
 * capabilities by engine, as its documentation and, for Gateway API, its conformance reports have it. Rules refuse by
 * it; the engines' tests and docs/reference/engines.md are made of it.
 * @see traefik docs/content/reference/routing-configuration, gateway-api conformance/reports, istio/api networking/v1, ingress-nginx docs/user-guide/nginx-configuration/annotations.md
 */
export const capabilities: Readonly<Record<Capability, CapabilityRow>> = rows;

export const engineNames: readonly EngineName[] = [
  "traefik",
  "gateway-api/traefik",
  "gateway-api/istio",
  "istio",
  "ingress-nginx",
];

/** gapOf an engine: why it cannot; undefined = it can. */
export function gapOf(engine: EngineName, capability: Capability): Gap | undefined {
  const cell = capabilities[capability].engines[engine];
  return typeof cell === "string" ? undefined : cell;
}

/** enginesThatCan, in the order of the table. */
export function enginesThatCan(capability: Capability): EngineName[] {
  return engineNames.filter((engine) => gapOf(engine, capability) === undefined);
}
