import type { ApiResource, KubernetesClient } from "../../../kubernetes/client";
import { ProviderError } from "../../protocol/problem";
import { UNKNOWN, type Attributes, type Value } from "../../protocol/value";
import { messageOf } from "../connection";
import { recordOf } from "../records";

/** RecognizedKind is a kind that the API serves. */
export interface RecognizedKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly resource: ApiResource;
}

/** recognize the kind of a manifest or an object; an API that does not serve it now fails with this summary. */
export async function recognize(
  client: KubernetesClient,
  manifest: Attributes,
  summary: string,
): Promise<RecognizedKind> {
  const { apiVersion = null, kind = null } = manifest;
  if (typeof apiVersion !== "string" || typeof kind !== "string") throw notRead(summary, apiVersion, kind);
  const resource = await servedAs(client, apiVersion, kind).catch((error: unknown) => {
    throw new ProviderError({ summary, detail: messageOf(error) });
  });
  return { apiVersion, kind, resource };
}

async function servedAs(client: KubernetesClient, apiVersion: string, kind: string): Promise<ApiResource> {
  const resource = await client.resourceOf(apiVersion, kind);
  if (resource !== undefined) return resource;
  const group = apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "";
  for (const version of await client.versionsOf(group)) {
    if ((await client.resourceOf(version, kind)) !== undefined)
      throw new Error("cannot select exact GV from REST mapper");
  }
  throw new Error(`no matches for kind ${JSON.stringify(kind)} in group ${JSON.stringify(group)}`);
}

/** checkNamespace: a namespaced kind needs one, another may have none. */
export function checkNamespace({ apiVersion, kind, resource }: RecognizedKind, manifest: Attributes): void {
  const name = `${apiVersion.includes("/") ? apiVersion : `/${apiVersion}`}, Kind=${kind}`;
  const metadata = recordOf(manifest["metadata"]);
  const namespace = metadata["namespace"] ?? null;
  if (!resource.namespaced) {
    if (namespace === null) return;
    throw new ProviderError({
      summary: "Cluster level resource cannot take namespace",
      detail: `Resources of type '${name}' cannot have a namespace`,
    });
  }
  if (namespace !== null && namespace !== "") return;
  const missing = "namespace" in metadata;
  throw new ProviderError({
    summary: "Namespace required",
    detail: missing
      ? `Namespace for resource '${name}' cannot be ${namespace === null ? "nil" : "empty"}`
      : `Resources of type '${name}' require a namespace`,
  });
}

function notRead(summary: string, ...fields: readonly Value[]): ProviderError {
  const detail = fields.includes(UNKNOWN)
    ? "unmarshaling unknown values is not supported"
    : "apiVersion and kind have to be texts";
  return new ProviderError({ summary, detail });
}
