import { Agent, request } from "node:https";
import type { IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import type { PemPair } from "../../network/certificate";
import type { Json, JsonObject, KubernetesObjectLike, ObjectReference } from "../contract";
import { readJson } from "./read-json";
import { at, isKubernetesObject, isObject, listAt, objectOf, textAt } from "../json";

export interface ClientOptions {
  readonly port: number;
  readonly authorityPem: string;
  readonly user: PemPair;
}

/** ApiRefusal is the API server's own answer to what it did not do. */
export class ApiRefusal extends Error {
  override readonly name = "ApiRefusal";
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

/** Resource is a kind as the API server serves it. */
export interface Resource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
}

export interface ApplyOptions {
  readonly manager: string;
  readonly force?: boolean;
  readonly validation: "Strict" | "Warn" | "Ignore";
  readonly dryRun?: boolean;
}

const laterTries = 20;
const laterMs = 500;

/** Client speaks to one API server as one user. */
export class Client {
  private readonly agent: Agent;
  private readonly known = new Map<string, readonly Resource[]>();

  constructor(private readonly options: ClientOptions) {
    const { authorityPem, user } = options;
    this.agent = new Agent({
      keepAlive: true,
      maxSockets: 50,
      ca: authorityPem,
      cert: user.certificatePem,
      key: user.keyPem,
    });
  }

  /** open sends a request and gives the answer as it begins. */
  open(method: string, path: string, body?: JsonObject, type = "application/json"): Promise<IncomingMessage> {
    const content = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    return new Promise((resolve, reject) => {
      const outgoing = request(
        {
          host: "127.0.0.1",
          port: this.options.port,
          path,
          method,
          agent: this.agent,
          headers: {
            accept: "application/json",
            "user-agent": "slipway-lab",
            // Without a length, Node sends the body of a DELETE as if it were the next request.
            ...(content === undefined ? {} : { "content-type": type, "content-length": content.length }),
          },
        },
        resolve,
      );
      outgoing.on("error", reject);
      outgoing.end(content);
    });
  }

  /** ask gives the whole answer; anything but success is an ApiRefusal. A server that asks to come later is asked again. */
  async ask(method: string, path: string, body?: JsonObject, type?: string): Promise<Json> {
    for (let tries = 1; ; tries++) {
      const response = await this.open(method, path, body, type);
      const content = await text(response);
      const code = response.statusCode ?? 0;
      const isJson = response.headers["content-type"]?.startsWith("application/json") === true;
      const answer = isJson ? readJson(content) : content;
      if (code < 300) return answer;
      if (code !== 429 || tries === laterTries) {
        throw new ApiRefusal(code, textAt(answer, "message") ?? content);
      }
      await new Promise((resolve) => setTimeout(resolve, laterMs));
    }
  }

  async get(reference: ObjectReference): Promise<KubernetesObjectLike | undefined> {
    const path = await this.pathOf(reference);
    return this.ask("GET", path).then(objectOf, (error: unknown) => {
      if (error instanceof ApiRefusal && error.code === 404) return undefined;
      throw error;
    });
  }

  /** apply by server-side apply. */
  async apply(object: KubernetesObjectLike, options: ApplyOptions): Promise<KubernetesObjectLike> {
    const query = new URLSearchParams({
      fieldManager: options.manager,
      fieldValidation: options.validation,
      ...(options.force === true ? { force: "true" } : {}),
      ...(options.dryRun === true ? { dryRun: "All" } : {}),
    });
    const path = await this.pathOf({ ...object, ...object.metadata });
    return objectOf(
      await this.ask("PATCH", `${path}?${query.toString()}`, object, "application/apply-patch+yaml"),
    );
  }

  /** patch by a strategic merge, which custom resources do not have. */
  async patch(reference: ObjectReference, change: JsonObject, subresource = ""): Promise<void> {
    const path = `${await this.pathOf(reference)}${subresource}`;
    await this.ask("PATCH", path, change, "application/strategic-merge-patch+json");
  }

  async delete(reference: ObjectReference, options: JsonObject = {}): Promise<void> {
    await this.ask("DELETE", await this.pathOf(reference), {
      apiVersion: "v1",
      kind: "DeleteOptions",
      ...options,
    });
  }

  /** list every object of one kind, with the version from which a watch goes on. */
  async list(resource: Resource): Promise<{ version: string; items: readonly KubernetesObjectLike[] }> {
    const answer = await this.ask("GET", collectionOf(resource));
    return { version: textAt(answer, "metadata", "resourceVersion") ?? "", items: itemsOf(answer, resource) };
  }

  /** resources that are served now, custom ones included, each in the version that its group prefers if it is there. */
  async resources(): Promise<readonly Resource[]> {
    const groups = listAt(await this.ask("GET", "/apis"), "groups").map((group) => {
      const versions = listAt(group, "versions").flatMap((version) => textAt(version, "groupVersion") ?? []);
      const preferred = textAt(group, "preferredVersion", "groupVersion");
      return versions.toSorted((one, other) => Number(other === preferred) - Number(one === preferred));
    });
    const each = await Promise.all([["v1"], ...groups].map((versions) => this.resourcesOfGroup(versions)));
    return each.flat();
  }

  /** resource of that kind; undefined while the API server does not serve it. */
  async resource(apiVersion: string, kind: string): Promise<Resource | undefined> {
    const find = (all: readonly Resource[] | undefined): Resource | undefined =>
      all?.find((resource) => resource.kind === kind);
    const found = find(this.known.get(apiVersion));
    if (found !== undefined) return found;
    return find(
      await this.resourcesOf(apiVersion).catch((error: unknown) => {
        if (error instanceof ApiRefusal && error.code === 404) return [];
        throw error;
      }),
    );
  }

  close(): void {
    this.agent.destroy();
  }

  private async resourcesOfGroup(versions: readonly string[]): Promise<readonly Resource[]> {
    const each = await Promise.all(versions.map((apiVersion) => this.resourcesOf(apiVersion)));
    const byPlural = new Map<string, Resource>();
    for (const resource of each.flat()) {
      if (!byPlural.has(resource.plural)) byPlural.set(resource.plural, resource);
    }
    return [...byPlural.values()];
  }

  private async resourcesOf(apiVersion: string): Promise<readonly Resource[]> {
    const answer = await this.ask("GET", rootOf(apiVersion));
    const resources = listAt(answer, "resources").flatMap((entry) => readResource(apiVersion, entry));
    this.known.set(apiVersion, resources);
    return resources;
  }

  private async pathOf({ apiVersion, kind, name, namespace }: ObjectReference): Promise<string> {
    const resource = await this.resource(apiVersion, kind);
    if (resource === undefined) {
      throw new ApiRefusal(404, `no matches for kind "${kind}" in version "${apiVersion}"`);
    }
    const home = resource.namespaced ? `/namespaces/${namespace ?? "default"}` : "";
    return `${rootOf(apiVersion)}${home}/${resource.plural}/${name}`;
  }
}

/** collectionOf a kind, over all namespaces. */
export function collectionOf({ apiVersion, plural }: Resource): string {
  return `${rootOf(apiVersion)}/${plural}`;
}

/** refer to an object that is there. */
export function refer({ apiVersion, kind, metadata }: KubernetesObjectLike): ObjectReference {
  const { name, namespace } = metadata;
  return { apiVersion, kind, name, ...(namespace === undefined ? {} : { namespace }) };
}

function rootOf(apiVersion: string): string {
  return apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

function readResource(apiVersion: string, entry: Json): Resource[] {
  const plural = textAt(entry, "name");
  const kind = textAt(entry, "kind");
  if (plural === undefined || kind === undefined || plural.includes("/")) return [];
  const verbs = listAt(entry, "verbs").filter((verb) => typeof verb === "string");
  return [{ apiVersion, kind, plural, namespaced: at(entry, "namespaced") === true, verbs }];
}

/** itemsOf a list: the API server says once for all of them what they are. */
function itemsOf(answer: Json, { apiVersion, kind }: Resource): KubernetesObjectLike[] {
  return listAt(answer, "items").flatMap((item) => {
    const object = isObject(item) ? { ...item, apiVersion, kind } : item;
    return isKubernetesObject(object) ? [object] : [];
  });
}
