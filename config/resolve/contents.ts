import { defaultNamespace } from "../draft/services";
import type { DraftService } from "../draft/services";
import type { ConfigMap, Secret } from "../model/services";
import type { Draft } from "../draft";
import type { ClusterInput } from "../schema";

/** certManagerNamespace, where cert-manager looks for what cluster-wide issuers read. Source: cert-manager, cluster-resource-namespace */
const certManagerNamespace = "cert-manager";

export function configMapsOf({ configMaps }: ClusterInput): ConfigMap[] {
  return Object.entries(configMaps ?? {}).map(([name, written]): ConfigMap => {
    return isInFull(written)
      ? { name, namespace: written.namespace, data: written.data }
      : { name, namespace: defaultNamespace, data: written };
  });
}

/** secretsOf a cluster. One that an issuer reads lies where cert-manager looks for it. */
export function secretsOf({ input, references }: Draft): Secret[] {
  const readByIssuers = references
    .filter(({ to, keys: [section] }) => to === "secret" && section === "issuers")
    .map(({ name }) => name);
  return Object.entries(input.secrets ?? {}).map(([name, written]): Secret => {
    const otherwise = readByIssuers.includes(name) ? certManagerNamespace : defaultNamespace;
    return {
      name,
      namespace: written.namespace ?? otherwise,
      // ingress-nginx looks for the key `auth`; the others take the only one there is
      ...("htpasswd" in written
        ? { type: "htpasswd", keys: { auth: written.htpasswd } }
        : { type: "Opaque", keys: written.keys }),
      revision: written.revision ?? 1,
    };
  });
}

/** namespacesOf what the file declares, but for cert-manager's, which its chart brings. */
export function namespacesOf(
  services: readonly DraftService[],
  contents: readonly (ConfigMap | Secret)[],
): string[] {
  const all = [...services, ...contents].map(({ namespace }) => namespace);
  return [...new Set(all)].filter((namespace) => namespace !== certManagerNamespace).sort();
}

type Written = NonNullable<ClusterInput["configMaps"]>[string];
type InFull = Extract<Written, { data: object }>;

function isInFull(written: Written): written is InFull {
  return typeof written["data"] === "object";
}
