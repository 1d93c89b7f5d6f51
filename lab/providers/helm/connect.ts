import { ApiError, ConnectionError, kubernetesClient, UnknownKind } from "../../kubernetes/client";
import type { KubernetesClient } from "../../kubernetes/client";
import { accessOf } from "../kubernetes/access";
import type { Environment } from "../protocol/provider";
import { type Attributes, isAttributes } from "../protocol/value";
import type { Cluster } from "./cluster";
import { HelmFailure } from "./failure";

/** connect to the cluster that the provider's configuration names; while its host is not known yet, nobody answers. */
export function connect(config: Attributes, environment: Environment): Cluster {
  const block = config["kubernetes"] ?? null;
  const isNamed = isAttributes(block) && typeof block["host"] === "string";
  return clusterBehind(isNamed ? kubernetesClient(accessOf(block, environment, "Helm/3.18.4")) : nobody);
}

const manager = "helm";

type Asked = Pick<KubernetesClient, "resourceOf" | "get" | "list" | "create" | "apply" | "delete">;

function clusterBehind(client: Asked): Cluster {
  const options = { manager, force: true };
  return {
    serves: (apiVersion, kind) =>
      inWords(async () => (await client.resourceOf(apiVersion, kind)) !== undefined),
    get: (reference) => inWords(() => unlessUnknown(() => client.get(reference))),
    secrets: (namespace, labels) =>
      inWords(() => client.list({ apiVersion: "v1", kind: "Secret", namespace, labels })),
    create: (object) => inWords(() => client.create(object)),
    apply: (object) => inWords(() => client.apply(object, options)),
    async delete(reference) {
      await inWords(() => unlessUnknown(() => client.delete(reference, "Background")));
    },
  };
}

/** unlessUnknown: of a kind that the API does not serve there is no object. */
async function unlessUnknown<T>(answer: () => Promise<T>): Promise<T | undefined> {
  try {
    return await answer();
  } catch (error) {
    if (error instanceof UnknownKind) return undefined;
    throw error;
  }
}

/** inWords of Helm: what the API refuses as it says it, and a cluster that does not answer. */
async function inWords<T>(answer: () => Promise<T>): Promise<T> {
  try {
    return await answer();
  } catch (error) {
    if (error instanceof ConnectionError)
      throw new HelmFailure(`Kubernetes cluster unreachable: ${error.message}`);
    if (error instanceof ApiError || error instanceof UnknownKind) throw new HelmFailure(error.message);
    throw error;
  }
}

const unreachable = (): Promise<never> =>
  Promise.reject(
    new ConnectionError(
      "invalid configuration: no configuration has been provided, try setting KUBERNETES_MASTER environment variable",
    ),
  );

const nobody: Asked = {
  resourceOf: unreachable,
  get: unreachable,
  list: unreachable,
  create: unreachable,
  apply: unreachable,
  delete: unreachable,
};
