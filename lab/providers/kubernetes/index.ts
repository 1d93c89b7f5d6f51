import excerpt from "../../../schemas/kubernetes.json";
import type { Provider } from "../protocol/provider";
import { readSchema } from "../protocol/schema";
import { connectionOf, type KubernetesConnection } from "./connection";
import { manifestResource } from "./manifest/resource";
import { secretResource } from "./secret/resource";

const source = "hashicorp/kubernetes";

/** kubernetesProvider writes to the API that its configuration names. */
export const kubernetesProvider: Provider<KubernetesConnection> = {
  source,
  schema: readSchema(excerpt, source),
  configure: connectionOf,
  resources: { kubernetes_manifest: manifestResource, kubernetes_secret_v1: secretResource },
};
