import type { Json, KubernetesObjectLike } from "../../contract";
import { at, isObject, listAt, objectAt, textAt } from "../../json";
import type { Desk } from "../desk";

/** MissingReference is what keeps a pod's containers from being made. */
export interface MissingReference {
  /** reason that the waiting container shows. */
  readonly reason: "CreateContainerConfigError" | "ContainerCreating";
  readonly message: string;
  /** event by which a volume that cannot be mounted is told; the container itself does not say. */
  readonly event?: string;
}

/** missingReference is the first ConfigMap, Secret or key of one that a pod needs and that is not there. */
export function missingReference(pod: KubernetesObjectLike, desk: Desk): MissingReference | undefined {
  const { namespace = "" } = pod.metadata;
  const volumes = listAt(pod, "spec", "volumes").flatMap((volume) => volumeSources(volume));
  for (const { volume, source } of volumes) {
    const message = lacks(source, namespace, desk);
    if (message !== undefined)
      return {
        reason: "ContainerCreating",
        message: `MountVolume.SetUp failed for volume "${volume}" : ${message}`,
        event: "FailedMount",
      };
  }
  const containers = [...listAt(pod, "spec", "initContainers"), ...listAt(pod, "spec", "containers")];
  for (const source of containers.flatMap(environmentSources)) {
    const message = lacks(source, namespace, desk);
    if (message !== undefined) return { reason: "CreateContainerConfigError", message };
  }
  return undefined;
}

interface Source {
  readonly kind: "ConfigMap" | "Secret";
  readonly name: string;
  readonly keys: readonly string[];
  readonly optional: boolean;
}

function lacks(source: Source, namespace: string, desk: Desk): string | undefined {
  if (source.optional) return undefined;
  const found = desk.find("v1", source.kind, source.name, namespace);
  if (found === undefined) return `${source.kind.toLowerCase()} ${JSON.stringify(source.name)} not found`;
  const present = { ...objectAt(found, "data"), ...objectAt(found, "binaryData") };
  const key = source.keys.find((one) => !Object.hasOwn(present, one));
  return key === undefined
    ? undefined
    : `couldn't find key ${key} in ${source.kind} ${namespace}/${source.name}`;
}

function environmentSources(container: Json): readonly Source[] {
  const single = listAt(container, "env").flatMap((variable) => [
    ...sourceOf("ConfigMap", at(variable, "valueFrom", "configMapKeyRef"), true),
    ...sourceOf("Secret", at(variable, "valueFrom", "secretKeyRef"), true),
  ]);
  const whole = listAt(container, "envFrom").flatMap((from) => [
    ...sourceOf("ConfigMap", at(from, "configMapRef"), false),
    ...sourceOf("Secret", at(from, "secretRef"), false),
  ]);
  return [...single, ...whole];
}

function volumeSources(volume: Json): readonly { readonly volume: string; readonly source: Source }[] {
  const projected = listAt(volume, "projected", "sources").flatMap((source) => [
    ...sourceOf("ConfigMap", at(source, "configMap"), false),
    ...sourceOf("Secret", at(source, "secret"), false),
  ]);
  const direct = [
    ...sourceOf("ConfigMap", at(volume, "configMap"), false),
    ...sourceOf("Secret", at(volume, "secret"), false, "secretName"),
  ];
  return [...direct, ...projected].map((source) => ({ volume: textAt(volume, "name") ?? "", source }));
}

function sourceOf(
  kind: Source["kind"],
  reference: Json | undefined,
  hasKey: boolean,
  nameField = "name",
): readonly Source[] {
  if (!isObject(reference)) return [];
  const items = listAt(reference, "items").flatMap((item) => textAt(item, "key") ?? []);
  const key = textAt(reference, "key");
  const keys = hasKey && key !== undefined ? [key] : items;
  return [
    { kind, name: textAt(reference, nameField) ?? "", keys, optional: at(reference, "optional") === true },
  ];
}
