import type { KubernetesClient } from "../../../kubernetes/client";
import type { ObjectReference } from "../../../kubernetes/contract";
import { ProviderError } from "../../protocol/problem";
import type { Resource } from "../../protocol/resource";
import type { Attributes } from "../../protocol/value";
import { type KubernetesConnection, messageOf } from "../connection";
import { bare, typedOf } from "../json-value";
import { recordOf } from "../records";
import { applyManifest } from "./apply";
import { recognize } from "./kind";
import { planManifest } from "./plan";
import { withoutServerSide } from "./server-side";
import { deadlineOf } from "./settings";
import { validateManifest } from "./validate";
import { awaitGone } from "./wait";

/** manifestResource is kubernetes_manifest: one object of any kind, by server-side apply. */
export const manifestResource: Resource<KubernetesConnection> = {
  attributes: {},
  validate: validateManifest,
  plan: planManifest,
  create: (apply, connection) => applyManifest(apply, undefined, connection),
  update: (apply, connection) => applyManifest(apply, apply.prior, connection),
  async read(state, { client }) {
    const reference = await referenceIn(client, state);
    const found = await client.get(reference).catch((error: unknown) => {
      throw new ProviderError({
        summary: `Cannot GET resource ${JSON.stringify(reference)}`,
        detail: messageOf(error),
      });
    });
    return found === undefined ? undefined : { ...state, object: typedOf(withoutServerSide(found)) };
  },
  async delete(state, { client }) {
    const reference = await referenceIn(client, state);
    const { name } = reference;
    const wasThere = await client.delete(reference).catch((error: unknown) => {
      const detail = messageOf(error);
      throw new ProviderError({ summary: `Error deleting resource ${name}: ${detail}`, detail });
    });
    if (!wasThere || (await awaitGone(() => lookFor(client, reference), deadlineOf(state, "delete")))) return;
    throw new ProviderError({
      summary: `Timed out when waiting for resource "${name}" to be deleted`,
      detail:
        "Deletion timed out. This can happen when there is a finalizer on a resource. " +
        "You may need to delete this resource manually with kubectl.",
    });
  },
};

async function lookFor(client: KubernetesClient, reference: ObjectReference): Promise<unknown> {
  try {
    return await client.get(reference);
  } catch (error) {
    throw new ProviderError({
      summary: "Error waiting for deletion.",
      detail: `Error when waiting for resource "${reference.name}" to be deleted: ${messageOf(error)}`,
    });
  }
}

/** referenceIn a state: the object that it is about, of a kind that the API still serves. */
async function referenceIn(client: KubernetesClient, state: Attributes): Promise<ObjectReference> {
  const object = recordOf(bare(state["object"] ?? null));
  const { apiVersion, kind, resource } = await recognize(
    client,
    object,
    "Failed to determine GroupVersionResource for manifest",
  );
  const { name = null, namespace = null } = recordOf(object["metadata"]);
  if (typeof name !== "string") throw new Error("The state holds an object without a name.");
  const isHome = resource.namespaced && typeof namespace === "string";
  return { apiVersion, kind, name, ...(isHome && { namespace }) };
}
