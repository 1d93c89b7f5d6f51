import { until } from "../until";
import type { Field } from "./field";

/** Sight is what stands on the hosts, each thing with all that may not change about it. */
export interface Sight {
  /** machines by VM id: their configuration, disks and whether they run. */
  readonly machines: ReadonlyMap<number, string>;
  readonly identity: string;
}

export async function sightOf(field: Field): Promise<Sight> {
  const volumes = field.state.volumes();
  const machines = field.state.vms().map(({ id, ...vm }): [number, string] => {
    const own = volumes.filter(({ owner }) => owner === id).map(({ volid, bytes }) => `${volid} ${bytes}`);
    return [id, JSON.stringify({ ...vm, own })];
  });
  return { machines: new Map(machines), identity: await field.identityState() };
}

/** touched, what was lost or changed although it is none of the fault's concern. */
export function touched(before: Sight, after: Sight, concerned: readonly number[]): string[] {
  const ids = new Set([...before.machines.keys(), ...after.machines.keys()]);
  const machines = [...ids]
    .filter((id) => !concerned.includes(id))
    .flatMap((id) => {
      const [was, is] = [before.machines.get(id), after.machines.get(id)];
      if (was === is) return [];
      return [`VM ${id}: ${was ?? "not there"} became ${is ?? "gone"}`];
    });
  return [...machines, ...(before.identity === after.identity ? [] : ["the cluster's identity"])];
}

/** strays, volumes that no machine owns any more. */
export function strays({ state }: Field): string[] {
  const ids = new Set(state.vms().map(({ id }) => id));
  return state
    .volumes()
    .filter(({ owner }) => owner !== undefined && !ids.has(owner))
    .map(({ volid }) => `${volid} belongs to no machine`);
}

/** readyNodesOf the cluster, held against the shape it was brought to; a complaint, or nothing. */
export async function readyNodesOf(field: Field): Promise<string | undefined> {
  const { lab, server, shape } = field;
  const wanted = field
    .layout(shape)
    .clusters.flatMap(({ servers, workers }) => [...servers, ...workers])
    .map(({ name }) => name)
    .sort()
    .join();
  const ready = (): string => [...lab.readyNodes([server.address])].sort().join();
  await until(() => ready() === wanted, 10);
  const begun = lab.initialisations([server.address]);
  if (begun !== 1) return `${begun} clusters were begun`;
  return ready() === wanted ? undefined : `Ready are ${ready()}, and not ${wanted}`;
}
