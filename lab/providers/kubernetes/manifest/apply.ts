import { type KubernetesClient, referenceTo } from "../../../kubernetes/client";
import type { Json, KubernetesObjectLike, ObjectReference } from "../../../kubernetes/contract";
import { objectOf } from "../../../kubernetes/json";
import { ProviderError } from "../../protocol/problem";
import type { Apply } from "../../protocol/resource";
import { UNKNOWN, type Attributes } from "../../protocol/value";
import { type KubernetesConnection, messageOf } from "../connection";
import { bare, typedOf } from "../json-value";
import { recordOf } from "../records";
import { applyProblem } from "./api-problem";
import { differencesOf } from "./difference";
import { expectationOf, payloadOf } from "./expectation";
import { recognize } from "./kind";
import { manifestsOf } from "./plan";
import { withoutServerSide } from "./server-side";
import { computedFieldsOf, deadlineOf, fieldManagerOf } from "./settings";
import { awaitOver, waitOf } from "./wait";

/** applyManifest creates or updates an object by server-side apply, waits, and holds the result against the plan. */
export async function applyManifest(
  { planned, fail }: Apply,
  prior: Attributes | undefined,
  { client }: KubernetesConnection,
): Promise<Attributes> {
  const expectation = expectationOf(manifestsOf(planned, prior), computedFieldsOf(planned));
  const manifest = recordOf(bare(planned["manifest"] ?? null));
  await recognize(client, manifest, "Failed to determine the type of the resource");
  const object = namedObject(payloadOf(expectation, manifest));
  const reference = referenceTo(object);
  if (prior === undefined) await refuseExisting(client, reference);
  const deadline = deadlineOf(planned, prior === undefined ? "create" : "update");
  const applied = await client.apply(object, fieldManagerOf(planned)).catch((error: unknown) => {
    throw applyProblem(error, fullName(reference));
  });
  const result = await waited(client, planned, applied, deadline, fail);
  const state = typedOf(withoutServerSide(result));
  if (planned["object"] === UNKNOWN) {
    for (const difference of differencesOf(expectation, bare(state))) fail(inconsistent(difference));
  }
  return { ...planned, object: state };
}

/** fullName as Go writes a namespaced name: `shop/web`, and `/shop` for an object without a namespace. */
export function fullName({ namespace = "", name }: ObjectReference): string {
  return `${namespace}/${name}`;
}

function namedObject(payload: Json | undefined): KubernetesObjectLike {
  try {
    return objectOf(payload);
  } catch (error) {
    throw new ProviderError({ summary: "Failed to determine resource name", detail: messageOf(error) });
  }
}

async function refuseExisting(client: KubernetesClient, reference: ObjectReference): Promise<void> {
  const name = fullName(reference);
  const found = await client.get(reference).catch((error: unknown) => {
    throw new ProviderError({
      summary: `Failed to determine if resource "${name}" exists`,
      detail: messageOf(error),
    });
  });
  if (found === undefined) return;
  throw new ProviderError({
    summary: "Cannot create resource that already exists",
    detail: `resource "${name}" already exists`,
  });
}

async function waited(
  client: KubernetesClient,
  planned: Attributes,
  applied: KubernetesObjectLike,
  deadline: number,
  fail: Apply["fail"],
): Promise<KubernetesObjectLike> {
  const wait = waitOf(planned);
  if (wait === undefined) return applied;
  const look = () => client.get(referenceTo(applied));
  if (!(await awaitOver(wait, look, deadline)))
    fail({ summary: "Operation timed out", detail: `timed out waiting on ${wait.name}` });
  const after = await look().catch((error: unknown) => {
    throw new ProviderError({
      summary: `Failed to read resource "${applied.metadata.name}" after wait conditions`,
      detail: messageOf(error),
    });
  });
  return after ?? applied;
}

function inconsistent(difference: string) {
  return {
    summary: "Provider produced inconsistent result after apply",
    detail:
      `When applying changes, provider "hashicorp/kubernetes" produced an unexpected new value: ${difference}.\n\n` +
      "The API server changed a field that was planned. Name it in computed_fields, or write what the server makes of it.",
  };
}
