import { setTimeout as sleep } from "node:timers/promises";
import { type KubernetesClient, referenceTo } from "../../../kubernetes/client";
import type { Json, KubernetesObjectLike, ObjectReference } from "../../../kubernetes/contract";
import { at, recordAt, textAt } from "../../../kubernetes/json";
import { ProviderError, type AttributePath } from "../../protocol/problem";
import type { Apply, Change, Planned, Resource } from "../../protocol/resource";
import { sameValue, UNKNOWN, type Attributes, type Value } from "../../protocol/value";
import { type KubernetesConnection, messageOf } from "../connection";
import { milliseconds } from "../duration";
import { recordOf, textsOf } from "../records";
import { createdData, dataState, updatedData } from "./data";
import { metadataChange, metadataOf, metadataState, plannedMetadata, replacingMetadata } from "./metadata";
import { validateSecret } from "./validate";

/** secretResource is kubernetes_secret_v1: a Secret whose write-only data stands in no plan and no state. */
export const secretResource: Resource<KubernetesConnection> = {
  legacy: true,
  attributes: {
    id: { keeps: true },
    data: { keeps: true },
    type: { default: "Opaque", replaces: true },
    wait_for_service_account_token: { default: true },
  },
  validate: validateSecret,
  plan: planSecret,
  create: createSecret,
  async read(state, { client }) {
    const found = await client.get(referenceIn(state)).catch(refused(""));
    return found === undefined ? undefined : stateOf(found, state);
  },
  async update({ prior, planned, config }, { client }) {
    const data = updatedData(prior, planned, config);
    const reference = referenceIn(prior);
    const before = data === undefined ? undefined : await client.get(reference).catch(refused(""));
    const gone = Object.keys(recordAt(before, "data")).map((key): [string, null] => [key, null]);
    const change = {
      metadata: metadataChange(metadataOf(prior), metadataOf(planned)),
      ...(data !== undefined && { data: { ...Object.fromEntries(gone), ...data } }),
      ...(!sameValue(prior["immutable"] ?? null, planned["immutable"] ?? null) && {
        immutable: planned["immutable"] === true,
      }),
    };
    const patched = await client.patch(reference, change).catch(refused("Failed to update secret: "));
    return stateOf(patched, planned);
  },
  async delete(state, { client }) {
    await client.delete(referenceIn(state)).catch(refused(""));
  },
};

function planSecret({ prior, planned }: Change): Planned {
  const metadata = plannedMetadata(metadataOf(planned));
  const result = { ...planned, metadata: [metadata] };
  if (prior === undefined) return { planned: result, replaces: [] };
  const before = metadataOf(prior);
  const named = replacingMetadata
    .filter((name) => !sameValue(before[name] ?? null, metadata[name] ?? null))
    .map((name): AttributePath => ["metadata", 0, name]);
  const fixed = ["data", "binary_data", "immutable"].filter(
    (name) => prior["immutable"] === true && !sameValue(prior[name] ?? null, planned[name] ?? null),
  );
  return { planned: result, replaces: [...named, ...fixed.map((name): AttributePath => [name])] };
}

async function createSecret(
  { planned, config }: Apply,
  { client }: KubernetesConnection,
): Promise<Attributes> {
  const { name, namespace, labels, annotations } = metadataOf(planned);
  if (typeof name !== "string" || typeof namespace !== "string")
    throw new ProviderError({
      summary: "Not in the lab's stand-in",
      detail: "A secret needs metadata.name.",
    });
  const secret: KubernetesObjectLike = {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name, namespace, labels: textsOf(labels), annotations: textsOf(annotations) },
    data: createdData(planned, config),
    type: textIn(planned, "type"),
    ...(planned["immutable"] === true && { immutable: true }),
  };
  const created = await client.create(secret).catch(refused(""));
  const hasToken = created["type"] === "kubernetes.io/service-account-token";
  if (hasToken && planned["wait_for_service_account_token"] === true)
    await awaitToken(client, created, planned);
  return stateOf(created, planned);
}

async function awaitToken(
  client: KubernetesClient,
  secret: KubernetesObjectLike,
  planned: Attributes,
): Promise<void> {
  const given = recordOf(planned["timeouts"])["create"];
  const deadline = Date.now() + (milliseconds(typeof given === "string" ? given : "1m") ?? 0);
  while (textAt(await client.get(referenceTo(secret)), "data", "token") === undefined) {
    if (Date.now() > deadline) {
      const id = `${secret.metadata.namespace}/${secret.metadata.name}`;
      throw new ProviderError({
        summary: `Waiting for secret ${JSON.stringify(id)} to create service account token`,
        detail: "",
      });
    }
    await sleep(pollMs);
  }
}

const pollMs = 100;

function stateOf(secret: KubernetesObjectLike, known: Attributes): Attributes {
  const { name, namespace = "" } = secret.metadata;
  return {
    ...known,
    ...dataState(secret, withoutUnknown(known)),
    id: `${namespace}/${name}`,
    type: textAt(secret, "type") ?? "Opaque",
    immutable: immutableState(at(secret, "immutable"), known["immutable"] ?? null),
    metadata: [metadataState(secret, metadataOf(known))],
  };
}

/** immutableState: the API does not write false down. */
function immutableState(found: Json | undefined, known: Value): Value {
  return typeof found === "boolean" ? found : known === null ? null : false;
}

function withoutUnknown(known: Attributes): Attributes {
  return Object.fromEntries(
    Object.entries(known).map(([name, value]) => [name, value === UNKNOWN ? null : value]),
  );
}

function referenceIn(state: Attributes): ObjectReference {
  const id = textIn(state, "id");
  const [namespace, name] = id.split("/");
  if (namespace === undefined || name === undefined) throw new Error(`${id} is no id of a secret.`);
  return { apiVersion: "v1", kind: "Secret", namespace, name };
}

function textIn(resource: Attributes, name: string): string {
  const text = resource[name];
  if (typeof text !== "string") throw new Error(`A secret came without ${name}.`);
  return text;
}

function refused(prefix: string): (error: unknown) => never {
  return (error) => {
    throw new ProviderError({ summary: `${prefix}${messageOf(error)}`, detail: "" });
  };
}
