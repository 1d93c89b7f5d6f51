import { containersOf, nameLabel } from "../draft/services";
import type { Container, Mount, Pod, PodDns, Toleration, Volume, VolumeClaim } from "../model/services";
import type { ContainerInput } from "../schema/containers";
import type { WorkloadInput } from "../schema/workloads";
import { wholeSeconds } from "../units";
import { containerOf, initContainerOf } from "./containers";

/** podOf a workload, but for how it is spread. */
export function podOf(service: string, input: WorkloadInput): Pod {
  const mountsOf = (container: ContainerInput): Mount[] => mountsIn(input, container);
  const containers = Object.entries(containersOf(input, service)).map(([name, container]) =>
    containerOf(name, container, mountsOf(container)),
  );
  const initContainers = Object.entries(input.init ?? {}).map(([name, container]) =>
    initContainerOf(name, container, mountsOf(container)),
  );
  const isJob = input.kind === "Job" || input.kind === "CronJob";
  return {
    labels: {
      ...input.labels,
      ...(isJob ? {} : input.selector?.matchLabels),
      [nameLabel]: service,
    },
    annotations: input.annotations ?? {},
    containers,
    initContainers,
    restartPolicy: isJob ? (input.restartPolicy ?? "OnFailure") : "Always",
    terminationGracePeriodSeconds:
      input.gracePeriod === undefined
        ? graceOf([...containers, ...initContainers])
        : wholeSeconds(input.gracePeriod),
    dns: dnsOf(input),
    nodeLabels: input.nodes ?? {},
    tolerations: (input.tolerations ?? []).map(({ key, value, effect }): Toleration => {
      return { key, ...(value === undefined ? {} : { value }), effect };
    }),
    user: input.user ?? 65532,
    group: input.group ?? 65532,
    volumes: volumesOf(input),
  };
}

/** claimsOf a StatefulSet: a volume of its own for each pod. */
export function claimsOf({ volumes }: WorkloadInput): Readonly<Record<string, VolumeClaim>> {
  const claims = Object.entries(volumes ?? {}).flatMap(([name, volume]): [string, VolumeClaim][] => {
    if (!("size" in volume)) return [];
    const { size, storageClass, accessMode } = volume;
    const claim = {
      size,
      ...(storageClass === undefined ? {} : { storageClass }),
      accessMode: accessMode ?? "ReadWriteOnce",
    };
    return [[name, claim]];
  });
  return Object.fromEntries(claims);
}

function volumesOf({ volumes }: WorkloadInput): Volume[] {
  return Object.entries(volumes ?? {}).flatMap(([name, volume]): Volume[] => {
    if ("configMap" in volume) return [{ kind: "config", name, configMap: volume.configMap }];
    if ("secret" in volume) return [{ kind: "secret", name, secret: volume.secret }];
    if ("size" in volume) return [];
    const { scratch } = volume;
    return [{ kind: "scratch", name, ...(scratch === true ? {} : { size: scratch }) }];
  });
}

/** mountsIn one container: what each volume says for all of them, then what it says itself. */
function mountsIn({ volumes }: WorkloadInput, { mounts }: ContainerInput): Mount[] {
  const all = Object.entries(volumes ?? {});
  const readOnly = (name: string): boolean =>
    all.some(([volume, source]) => volume === name && ("configMap" in source || "secret" in source));
  const paths = new Map([
    ...all.flatMap(([name, { mount }]): [string, string][] => (mount === undefined ? [] : [[name, mount]])),
    ...Object.entries(mounts ?? {}),
  ]);
  return [...paths].map(([volume, path]) => ({ path, volume, readOnly: readOnly(volume) }));
}

/** graceOf a pod: time for its longest sleep and 25 seconds to finish what it is doing, 30 at least. */
function graceOf(containers: readonly Container[]): number {
  const sleeps = containers.map(({ lifecycle: { preStop } }) =>
    preStop?.kind === "sleep" ? preStop.seconds : 0,
  );
  return Math.max(5, ...sleeps) + 25;
}

function dnsOf({ dns }: WorkloadInput): PodDns {
  return {
    policy: dns?.policy ?? "ClusterFirst",
    nameservers: dns?.nameservers ?? [],
    searches: dns?.searches ?? [],
    options: dns?.options ?? {},
  };
}
