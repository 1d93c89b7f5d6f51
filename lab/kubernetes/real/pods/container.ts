import type { Json, JsonObject, KubernetesObjectLike, ObjectReference } from "../../contract";
import { at, listAt, recordAt, scalar, textAt, textsAt } from "../../json";
import type { Client } from "../client";

/** Launch is how a container asks for its program to be started. */
export interface Launch {
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** folders where its volumes are mounted. */
  readonly folders: readonly string[];
  /** files of its ConfigMaps and Secrets, by path. */
  readonly files: Readonly<Record<string, Buffer>>;
}

/** launchOf a container, with the values that its environment and files are taken from. */
export async function launchOf(client: Client, pod: KubernetesObjectLike, container: Json): Promise<Launch> {
  const entries = await Promise.all(
    listAt(container, "env").map(async (entry) => {
      const name = textAt(entry, "name") ?? "";
      return [name, (await valueOf(client, pod, container, entry)) ?? ""] as const;
    }),
  );
  const environment = Object.fromEntries(entries);
  return {
    args: textsAt(container, "args").map((text) => expanded(text, environment)),
    environment,
    folders: listAt(container, "volumeMounts").flatMap((mount) => textAt(mount, "mountPath") ?? []),
    files: await mountedFiles(client, pod, container),
  };
}

/** mountedFiles of a container's volumes as their ConfigMaps and Secrets are now. */
export async function mountedFiles(
  client: Client,
  pod: KubernetesObjectLike,
  container: Json,
): Promise<Readonly<Record<string, Buffer>>> {
  const volumes = listAt(pod, "spec", "volumes");
  const each = await Promise.all(
    listAt(container, "volumeMounts").map(async (mount): Promise<[string, Buffer][]> => {
      const volume = volumes.find((candidate) => textAt(candidate, "name") === textAt(mount, "name"));
      const content = await contentOf(client, pod, volume);
      return Object.entries(content).map(([key, value]) => [
        `${textAt(mount, "mountPath") ?? ""}/${key}`,
        value,
      ]);
    }),
  );
  return Object.fromEntries(each.flat());
}

async function contentOf(
  client: Client,
  pod: KubernetesObjectLike,
  volume: Json | undefined,
): Promise<Readonly<Record<string, Buffer>>> {
  const secret = textAt(volume, "secret", "secretName");
  const map = textAt(volume, "configMap", "name");
  const [kind, name] = secret === undefined ? ["ConfigMap", map] : ["Secret", secret];
  if (name === undefined) return {};
  const data = recordAt(await client.get(beside(pod, kind, name)), "data");
  const encoding = kind === "Secret" ? "base64" : "utf8";
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, Buffer.from(value, encoding)]));
}

async function valueOf(
  client: Client,
  pod: KubernetesObjectLike,
  container: Json,
  entry: Json,
): Promise<string | undefined> {
  const from = at(entry, "valueFrom");
  if (from === undefined) return textAt(entry, "value");
  const field = textAt(from, "fieldRef", "fieldPath");
  if (field !== undefined) return scalar(at(pod, ...field.split(".")));
  const resource = textAt(from, "resourceFieldRef", "resource");
  if (resource !== undefined) return quantity(at(container, "resources", ...resource.split(".")));
  const secret = textAt(from, "secretKeyRef", "name");
  const map = textAt(from, "configMapKeyRef", "name");
  if (secret !== undefined) {
    const found = await client.get(beside(pod, "Secret", secret));
    const value = textAt(found, "data", textAt(from, "secretKeyRef", "key") ?? "");
    return value === undefined ? undefined : Buffer.from(value, "base64").toString();
  }
  if (map === undefined) return undefined;
  const found = await client.get(beside(pod, "ConfigMap", map));
  return textAt(found, "data", textAt(from, "configMapKeyRef", "key") ?? "");
}

function beside({ metadata }: KubernetesObjectLike, kind: string, name: string): ObjectReference {
  return { apiVersion: "v1", kind, name, namespace: metadata.namespace ?? "default" };
}

/** quantity as the kubelet writes it with divisor 1: whole CPUs rounded up, or bytes. */
function quantity(value: Json | undefined): string | undefined {
  const [, number = "", unit = ""] = /^(\d+(?:\.\d+)?)(\w*)$/.exec(scalar(value) ?? "") ?? [];
  const factors: Readonly<Record<string, number>> = {
    "": 1,
    m: 0.001,
    Ki: 2 ** 10,
    Mi: 2 ** 20,
    Gi: 2 ** 30,
    k: 1e3,
    M: 1e6,
    G: 1e9,
  };
  const factor = factors[unit];
  return number === "" || factor === undefined ? undefined : String(Math.ceil(Number(number) * factor));
}

/** expanded: $(NAME) of the container's own environment. */
function expanded(text: string, environment: JsonObject): string {
  return text.replace(/\$\((\w+)\)/g, (whole, name: string) => scalar(environment[name]) ?? whole);
}
