import { ApiError, type KubernetesClient } from "../../../kubernetes/client";
import { ProviderError, type AttributePath } from "../../protocol/problem";
import type { Change, Planned } from "../../protocol/resource";
import { sameValue, UNKNOWN, type Attributes, type Value } from "../../protocol/value";
import { type KubernetesConnection, messageOf } from "../connection";
import { bare, isKnown } from "../json-value";
import { recordOf } from "../records";
import { objectOf } from "../../../kubernetes/json";
import { differencesOf } from "./difference";
import { expectationOf, payloadOf, type Expectation } from "./expectation";
import { checkNamespace, recognize } from "./kind";
import { computedFieldsOf, fieldManagerOf } from "./settings";

/** planManifest needs the API: a kind that it does not serve yet cannot be planned. */
export async function planManifest(
  { prior, planned }: Change,
  connection: KubernetesConnection,
): Promise<Planned> {
  const { client } = connection;
  await connection.checkCredentials();
  const manifest = recordOf(bare(planned["manifest"] ?? null));
  const kind = await recognize(
    client,
    manifest,
    "API did not recognize GroupVersionKind from manifest (CRD may not be installed)",
  );
  checkNamespace(kind, manifest);
  const replaces = prior === undefined ? [] : identity(kind.resource.namespaced);
  const expectation = expectationOf(manifestsOf(planned, prior), computedFieldsOf(planned));
  if (prior !== undefined && isSettled(planned, prior, expectation))
    return { planned: { ...planned, object: prior["object"] ?? null }, replaces };
  await tryOut(client, planned, manifest, expectation);
  return { planned: { ...planned, object: UNKNOWN }, replaces };
}

/** manifestsOf a resource, and what is known of its object. */
export function manifestsOf(planned: Attributes, prior: Attributes | undefined) {
  const now = recordOf(bare(planned["manifest"] ?? null));
  if (prior === undefined) return { now };
  return {
    now,
    was: recordOf(bare(prior["manifest"] ?? null)),
    before: recordOf(bare(prior["object"] ?? null)),
  };
}

/** identity, the fields that name an object: to change one is to make another object. */
function identity(isNamespaced: boolean): readonly AttributePath[] {
  return [
    ["manifest", "apiVersion"],
    ["manifest", "kind"],
    ["manifest", "metadata", "name"],
    ...(isNamespaced ? [["manifest", "metadata", "namespace"]] : []),
  ];
}

function isSettled(planned: Attributes, prior: Attributes, expectation: Expectation): boolean {
  const before: Value = bare(prior["object"] ?? null);
  return (
    sameValue(planned["manifest"] ?? null, prior["manifest"] ?? null) &&
    differencesOf(expectation, before).length === 0
  );
}

/**
 * tryOut stands for the provider's comparison with the API's schema: fields that a kind does not have fail the plan.
 * What else stands in the way of an apply shows there.
 */
async function tryOut(
  client: KubernetesClient,
  planned: Attributes,
  manifest: Attributes,
  expectation: Expectation,
): Promise<void> {
  if (!isKnown(manifest)) return;
  try {
    const object = objectOf(payloadOf(expectation, manifest));
    await client.apply(object, { ...fieldManagerOf(planned), dryRun: true });
  } catch (error) {
    if (!(error instanceof ApiError))
      throw new ProviderError({ summary: "Invalid configuration for API client", detail: messageOf(error) });
    if (error.code !== 400 && !error.message.includes("field not declared in schema")) return;
    throw new ProviderError({
      summary: "Manifest configuration incompatible with resource schema",
      detail: error.message,
    });
  }
}
