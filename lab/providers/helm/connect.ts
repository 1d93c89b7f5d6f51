import { z } from "zod";
import { ApiError, ConnectionError, kubernetesClient, UnknownKind } from "../../kubernetes/client";
import type { Access, KubernetesClient } from "../../kubernetes/client";
import type { Environment } from "../protocol/provider";
import type { Attributes } from "../protocol/value";
import type { Cluster } from "./cluster";
import { HelmFailure } from "./failure";

/** connect to the cluster that the provider's configuration names; while it is not known yet, nobody answers. */
export function connect(config: Attributes, environment: Environment): Cluster {
  const access = accessOf(config["kubernetes"], environment);
  return clusterBehind(access === undefined ? nobody : kubernetesClient(access));
}

const settings = z.object({
  host: z.string(),
  cluster_ca_certificate: z.string().nullable(),
  client_certificate: z.string().nullable(),
  client_key: z.string().nullable(),
  token: z.string().nullable(),
  tls_server_name: z.string().nullable(),
  insecure: z.boolean().nullable(),
  proxy_url: z.string().nullable(),
});

function accessOf(given: Attributes[string] | undefined, environment: Environment): Access | undefined {
  const read = settings.safeParse(given);
  if (!read.success) return undefined;
  const { host, token, insecure } = read.data;
  const proxyUrl = read.data.proxy_url ?? environment["KUBE_PROXY_URL"] ?? environment["HTTPS_PROXY"];
  return {
    host,
    program: "Helm/3.18.4",
    ...(read.data.cluster_ca_certificate !== null && { authority: read.data.cluster_ca_certificate }),
    ...(read.data.client_certificate !== null && { certificate: read.data.client_certificate }),
    ...(read.data.client_key !== null && { key: read.data.client_key }),
    ...(token !== null && { token }),
    ...(read.data.tls_server_name !== null && { serverName: read.data.tls_server_name }),
    ...(insecure === true && { insecure }),
    ...(proxyUrl !== undefined && { proxyUrl }),
  };
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
