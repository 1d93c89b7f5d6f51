import type { Cluster } from "../config/model";
import type { Secret } from "../config/model/services";
import { certManagerNamespace } from "./charts/cert-manager";
import { type ServedCertificate, servedCertificates } from "./certificates";
import type { IngressController } from "./ingress/engine";

/** SecretDeclaration is a Secret of the cluster by the names of the variables that fill it. */
export interface SecretDeclaration {
  readonly name: string;
  readonly namespace: string;
  readonly type: "Opaque" | "kubernetes.io/tls";
  /** keys → the ephemeral Terraform variable that holds the value. */
  readonly keys: Readonly<Record<string, string>>;
  /** revision: a larger one writes the variables' present values. */
  readonly revision: number;
}

/**
 * secretDeclarations: the file's own Secrets, each also where an issuer or the engine looks for it, and certificates
 * that are brought along.
 */
export function secretDeclarations(
  cluster: Cluster,
  controller: IngressController | undefined,
): readonly SecretDeclaration[] {
  const served = controller === undefined ? [] : servedCertificates(cluster, controller);
  const secrets = cluster.secrets.flatMap((secret) =>
    namespacesOf(secret, cluster, controller).map((namespace) => declared(secret, namespace)),
  );
  return [...secrets, ...served.flatMap(broughtAlong)];
}

/** namespacesOf a Secret: its own, cert-manager's where an issuer reads it, the engine's where a route does. */
function namespacesOf(
  { name, namespace }: Secret,
  { issuers, routes }: Cluster,
  controller: IngressController | undefined,
): readonly string[] {
  const byIssuers = issuers.flatMap(({ authority }) =>
    authority.kind === "acme" &&
    authority.challenge.kind === "dns01" &&
    authority.challenge.provider.secret === name
      ? [certManagerNamespace.name]
      : [],
  );
  const byRoutes = routes.flatMap((route) => [
    ...(route.tls?.clientAuthority === name && controller !== undefined
      ? [controller.certificateNamespace(route)]
      : []),
    ...(route.rules.some(({ policy }) => policy.basicAuth?.secret === name) ? [route.namespace] : []),
  ]);
  return [...new Set([namespace, ...byIssuers, ...byRoutes])];
}

function declared({ name, keys, revision }: Secret, namespace: string): SecretDeclaration {
  return { name, namespace, type: "Opaque", keys, revision };
}

function broughtAlong({ certificate, secretName, namespace }: ServedCertificate): SecretDeclaration[] {
  const { source } = certificate;
  if (source.kind !== "variable") return [];
  return [
    {
      name: secretName,
      namespace,
      type: "kubernetes.io/tls",
      keys: { "tls.crt": source.certificate, "tls.key": source.key },
      revision: source.revision,
    },
  ];
}
