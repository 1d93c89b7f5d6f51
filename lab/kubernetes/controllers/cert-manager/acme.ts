import type { Json, KubernetesObjectLike } from "../../contract";
import { isObject, listAt, objectAt, textAt, textsAt } from "../../json";
import type { Desk } from "../desk";

/** challengeProblem is why an ACME issuer could not prove a name; undefined = its solver has what it needs. */
export function challengeProblem(
  issuer: KubernetesObjectLike,
  name: string,
  secrets: string,
  desk: Desk,
): string | undefined {
  const solvers = listAt(issuer, "spec", "acme", "solvers");
  const plain = name.replace(/^\*\./, "");
  const fitting = solvers
    .map((solver) => ({ solver, weight: weightOf(solver, name, plain) }))
    .filter(({ weight }) => weight > 0)
    .sort((one, other) => other.weight - one.weight);
  const solver = fitting
    .map((one) => one.solver)
    .find((one) => !name.startsWith("*.") || isObject(objectAt(one)["dns01"]));
  if (solver === undefined) return `no configured challenge solvers can be used for the name "${name}"`;
  const missing = referencesIn(objectAt(solver, "dns01")).find(
    (secret) => desk.find("v1", "Secret", secret, secrets) === undefined,
  );
  if (missing !== undefined) return `error getting DNS-01 credentials: secret "${missing}" not found`;
  const className = textAt(solver, "http01", "ingress", "ingressClassName");
  return className !== undefined && desk.find("networking.k8s.io/v1", "IngressClass", className) === undefined
    ? `HTTP-01 for "${name}": no IngressClass "${className}" would lead the challenge to its solver`
    : undefined;
}

/** weightOf a solver for a name: an exact name counts most, then the longest zone, then a solver for everything. */
function weightOf(solver: Json, name: string, plain: string): number {
  const names = textsAt(solver, "selector", "dnsNames");
  const zones = textsAt(solver, "selector", "dnsZones");
  if (names.includes(name)) return 1000;
  const zone = zones.filter((one) => plain === one || plain.endsWith(`.${one}`)).map((one) => one.length);
  if (zone.length > 0) return 1 + Math.max(...zone);
  return names.length === 0 && zones.length === 0 ? 1 : 0;
}

/** referencesIn a solver's settings: the Secrets that it names. */
function referencesIn(settings: Json): readonly string[] {
  if (!isObject(settings)) return [];
  return Object.entries(settings).flatMap(([field, value]) => {
    const name = /SecretRef$|SecretSecretRef$/.test(field) ? textAt(value, "name") : undefined;
    return name === undefined ? referencesIn(value ?? null) : [name];
  });
}
