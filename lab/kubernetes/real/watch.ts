import { createInterface } from "node:readline";
import type { KubernetesObjectLike } from "../contract";
import { at, isKubernetesObject, textAt } from "../json";
import { pause } from "./pause";
import { readJson } from "./read-json";
import { type Client, collectionOf, type Resource } from "./client";

/** Watched is every object of one kind as it is now. */
export interface Watched {
  all(): readonly KubernetesObjectLike[];
  close(): void;
}

export interface Watcher {
  present?(object: KubernetesObjectLike): void;
  gone?(object: KubernetesObjectLike): void;
  /** changed follows each of both. */
  changed?(): void;
}

const retryMs = 500;

/**
 * watch one kind in every namespace, from what is there on; resolves when that has been told. A kind that is not
 * served yet has no objects until it is.
 */
export async function watch(
  client: Client,
  { apiVersion, kind }: Pick<Resource, "apiVersion" | "kind">,
  watcher: Watcher,
): Promise<Watched> {
  const known = new Map<string, KubernetesObjectLike>();
  const closed = new AbortController();
  const isClosed = (): boolean => closed.signal.aborted;
  const keep = (object: KubernetesObjectLike): void => {
    known.set(keyOf(object), object);
    watcher.present?.(object);
    watcher.changed?.();
  };
  const drop = (object: KubernetesObjectLike): void => {
    known.delete(keyOf(object));
    watcher.gone?.(object);
    watcher.changed?.();
  };

  const listAll = async (): Promise<{ resource: Resource; version: string } | undefined> => {
    const resource = await client.resource(apiVersion, kind);
    if (resource === undefined) return undefined;
    const { version, items } = await client.list(resource);
    const present = new Set(items.map(keyOf));
    for (const object of [...known.values()]) if (!present.has(keyOf(object))) drop(object);
    for (const object of items) {
      const before = known.get(keyOf(object));
      if (before?.metadata.resourceVersion !== object.metadata.resourceVersion) keep(object);
    }
    return { resource, version };
  };

  const follow = async (resource: Resource, from: string): Promise<void> => {
    const query = `watch=1&allowWatchBookmarks=true&resourceVersion=${from}`;
    const response = await client.open("GET", `${collectionOf(resource)}?${query}`);
    const stop = (): void => void response.destroy();
    closed.signal.addEventListener("abort", stop);
    try {
      if (isClosed()) return;
      for await (const line of createInterface({ input: response })) {
        const event = readJson(line);
        const object = at(event, "object");
        const type = textAt(event, "type");
        if (type === "ERROR") return;
        if (type === "BOOKMARK" || !isKubernetesObject(object)) continue;
        if (type === "DELETED") drop(object);
        else keep(object);
      }
    } finally {
      closed.signal.removeEventListener("abort", stop);
      response.destroy();
    }
  };

  const goOn = async (first: Awaited<ReturnType<typeof listAll>>): Promise<void> => {
    let begun = first;
    while (!isClosed()) {
      // A watch that the API server ended goes on at once; where it is away, or lacks the kind, the lab asks again.
      const lasted = begun !== undefined && (await follow(begun.resource, begun.version).then(yes, no));
      if (!lasted) await pause(retryMs, closed.signal);
      if (!isClosed()) begun = await listAll().catch(() => undefined);
    }
  };

  void goOn(await listAll());
  return {
    all: () => [...known.values()],
    close: () => {
      closed.abort();
    },
  };
}

const yes = (): boolean => true;
const no = (): boolean => false;

function keyOf({ metadata }: KubernetesObjectLike): string {
  return `${metadata.namespace ?? ""}/${metadata.name}`;
}
