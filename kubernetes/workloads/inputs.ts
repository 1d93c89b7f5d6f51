import { createHash } from "node:crypto";
import type { Cluster } from "../../config/model";
import type { Pod } from "../../config/model/services";

/** Inputs that pods read: a running container does not notice that one of them changed. */
export type Inputs = Pick<Cluster, "configMaps" | "secrets">;

/**
 * inputAnnotations of a pod template, so that a changed ConfigMap or a Secret's larger revision rolls its pods out:
 * a checksum of what the ConfigMaps hold, and the Secrets' revisions, never what they hold.
 */
export function inputAnnotations(pod: Pod, namespace: string, inputs: Inputs): Record<string, string> {
  const used = usedNames(pod);
  const configMaps = inputs.configMaps
    .filter((each) => each.namespace === namespace && used.configMaps.has(each.name))
    .map(({ name, data }) => [name, byKey(Object.entries(data))] as const);
  const secrets = inputs.secrets
    .filter((each) => each.namespace === namespace && used.secrets.has(each.name))
    .map(({ name, revision }) => [name, revision] as const);
  return {
    ...(configMaps.length === 0 ? {} : { "checksum/config": sha256(byKey(configMaps)) }),
    ...(secrets.length === 0
      ? {}
      : {
          "revision/secrets": byKey(secrets)
            .map(([name, revision]) => `${name}=${revision}`)
            .join(","),
        }),
  };
}

function usedNames({ containers, initContainers, volumes }: Pod): {
  readonly configMaps: ReadonlySet<string>;
  readonly secrets: ReadonlySet<string>;
} {
  const variables = [...initContainers, ...containers].flatMap(({ env }) => env);
  return {
    configMaps: new Set([
      ...volumes.flatMap((volume) => (volume.kind === "config" ? [volume.configMap] : [])),
      ...variables.flatMap((variable) => ("configMap" in variable ? [variable.configMap] : [])),
    ]),
    secrets: new Set([
      ...volumes.flatMap((volume) => (volume.kind === "secret" ? [volume.secret] : [])),
      ...variables.flatMap((variable) => ("secret" in variable ? [variable.secret] : [])),
    ]),
  };
}

function byKey<T>(entries: readonly (readonly [string, T])[]): (readonly [string, T])[] {
  return entries.toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function sha256(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex");
}
