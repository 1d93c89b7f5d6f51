import type { Json } from "../contract";
import { at, listAt, textAt } from "../json";
import { ApiError } from "./api-error";
import type { Connections } from "./connections";
import { ask } from "./exchange";

/** ApiResource is where the API keeps the objects of a kind. */
export interface ApiResource {
  /** path up to the version: `/apis/apps/v1`. */
  readonly path: string;
  /** plural name in the path: `deployments`. */
  readonly plural: string;
  readonly namespaced: boolean;
}

/** Discovery answers which kinds the API serves. What it once served is remembered; what it did not is asked again. */
export class Discovery {
  readonly #connections: Connections;
  readonly #known = new Map<string, ApiResource>();

  constructor(connections: Connections) {
    this.#connections = connections;
  }

  async resourceOf(apiVersion: string, kind: string): Promise<ApiResource | undefined> {
    const key = `${apiVersion} ${kind}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const path = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const found = (await this.#list(path, "resources")).find(
      (row) => textAt(row, "kind") === kind && textAt(row, "name")?.includes("/") === false,
    );
    const plural = textAt(found, "name");
    if (plural === undefined) return undefined;
    const resource = { path, plural, namespaced: at(found, "namespaced") === true };
    this.#known.set(key, resource);
    return resource;
  }

  /** versionsOf a group, as apiVersion writes them: `metallb.io/v1beta1`; none when the API does not know the group. */
  async versionsOf(group: string): Promise<readonly string[]> {
    if (group === "") return ["v1"];
    const versions = await this.#list(`/apis/${group}`, "versions");
    return versions.flatMap((version) => textAt(version, "groupVersion") ?? []);
  }

  async #list(path: string, field: string): Promise<readonly Json[]> {
    try {
      return listAt(await ask(this.#connections, { method: "GET", path }), field);
    } catch (error) {
      if (error instanceof ApiError && error.code === 404) return [];
      throw error;
    }
  }
}
