import { createServer, type Server } from "node:https";
import type { IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import type { JsonObject, KubernetesObjectLike } from "../../../lab/kubernetes/contract";
import { isObject, objectAt, objectOf } from "../../../lab/kubernetes/json";
import type { PemPair } from "../../../lab/network/certificate";

/** FakeApi answers like an API server, as far as a test says: objects by path, kinds by table. */
export interface FakeApi {
  readonly server: Server;
  readonly objects: Map<string, KubernetesObjectLike>;
  readonly kinds: Set<FakeKind>;
  readonly requests: string[];
  /** bodies of writes, by method and path, the latest last. */
  readonly bodies: { readonly request: string; readonly body: JsonObject }[];
  /** admit changes what an apply or a create stores, as defaults and webhooks do; before is what was there. */
  admit: (object: KubernetesObjectLike, before: KubernetesObjectLike | undefined) => KubernetesObjectLike;
  /** refuse answers a request with a Status instead; undefined lets it pass. */
  refuse: (request: string) => JsonObject | undefined;
}

export interface FakeKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
}

export function fakeApi(serving: PemPair, clientCa: string): FakeApi {
  const tls = { key: serving.keyPem, cert: serving.certificatePem, ca: clientCa };
  const api: FakeApi = {
    server: createServer({ ...tls, requestCert: true, rejectUnauthorized: true }, (request, response) => {
      void answer(api, request).then(({ code, body }) => {
        response.writeHead(code, { "content-type": "application/json" });
        response.end(JSON.stringify(body));
      });
    }),
    objects: new Map(),
    kinds: new Set(),
    requests: [],
    bodies: [],
    admit: (object) => object,
    refuse: () => undefined,
  };
  return api;
}

interface Reply {
  readonly code: number;
  readonly body: JsonObject;
}

async function answer(api: FakeApi, incoming: IncomingMessage): Promise<Reply> {
  const { pathname, search, searchParams } = new URL(incoming.url ?? "/", "https://api");
  const method = incoming.method ?? "GET";
  const sent = await text(incoming);
  api.requests.push(`${method} ${pathname}${search}`);
  const no = api.refuse(`${method} ${pathname}${search}`);
  if (no !== undefined) return { code: Number(no["code"]), body: no };
  const discovered = discovery(api, pathname);
  if (discovered !== undefined) return { code: 200, body: discovered };
  const body: unknown = sent === "" ? {} : JSON.parse(sent);
  if (!isObject(body)) throw new Error(`${method} ${pathname} came with a body that is no object`);
  if (method !== "GET") api.bodies.push({ request: `${method} ${pathname}`, body });
  const found = api.objects.get(pathname);
  switch (method) {
    case "POST": {
      const created = stored(api, `${pathname}/${objectOf(body).metadata.name}`, objectOf(body));
      return { code: 201, body: created };
    }
    case "PATCH": {
      const isApply = incoming.headers["content-type"] === "application/apply-patch+yaml";
      if (!isApply && found === undefined) return notFound(pathname);
      if (searchParams.get("dryRun") === "All") return { code: 200, body };
      return { code: 200, body: stored(api, pathname, objectOf(merged(found ?? {}, body))) };
    }
    case "DELETE": {
      if (found === undefined) return notFound(pathname);
      if ((found.metadata.finalizers ?? []).length === 0) api.objects.delete(pathname);
      return { code: 200, body: { kind: "Status", status: "Success" } };
    }
    default: {
      if (found !== undefined) return { code: 200, body: found };
      const inside = [...api.objects].filter(([path]) => path.slice(0, path.lastIndexOf("/")) === pathname);
      return /\/[a-z]+s$/.test(pathname) && !pathname.includes("/namespaces/gone")
        ? { code: 200, body: { kind: "List", items: inside.map(([, object]) => object) } }
        : notFound(pathname);
    }
  }
}

function stored(api: FakeApi, path: string, object: KubernetesObjectLike): KubernetesObjectLike {
  const before = api.objects.get(path);
  const { metadata } = object;
  const revision = Number(before?.metadata.resourceVersion ?? 0) + 1;
  const kept = api.admit(
    {
      ...object,
      metadata: {
        ...metadata,
        uid: before?.metadata.uid ?? `uid-of-${metadata.name}`,
        resourceVersion: String(revision),
        managedFields: [{ manager: "Terraform" }],
      },
    },
    before,
  );
  api.objects.set(path, kept);
  return kept;
}

function discovery({ kinds }: FakeApi, path: string): JsonObject | undefined {
  if (path === "/apis") return { kind: "APIGroupList", groups: [] };
  const rows = [...kinds].filter(({ apiVersion }) => path === pathOf(apiVersion));
  if (rows.length > 0) {
    const resources = rows.map(({ kind, plural, namespaced }) => ({ name: plural, kind, namespaced }));
    return { kind: "APIResourceList", resources };
  }
  const group = /^\/apis\/([^/]+)$/.exec(path)?.[1];
  const versions = [...new Set([...kinds].map(({ apiVersion }) => apiVersion))]
    .filter((version) => group !== undefined && version.startsWith(`${group}/`))
    .map((groupVersion) => ({ groupVersion }));
  return versions.length > 0 ? { kind: "APIGroup", name: group, versions } : undefined;
}

function pathOf(apiVersion: string): string {
  return apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

function notFound(path: string): Reply {
  const message = `${path.split("/").at(-1) ?? ""} not found`;
  return { code: 404, body: { kind: "Status", status: "Failure", reason: "NotFound", message, code: 404 } };
}

/** merged as RFC 7386 says. */
function merged(into: JsonObject, change: JsonObject): JsonObject {
  const entries = Object.entries(change).map(([key, value]): [string, JsonObject[string]] => [
    key,
    isObject(value) ? merged(objectAt(into, key), value) : value,
  ]);
  const all = { ...into, ...Object.fromEntries(entries) };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
}
