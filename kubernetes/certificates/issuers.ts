import type { Acme, Dns01, Issuer, SelfSigned } from "../../config/model/certificates";
import { certManagerNamespace } from "../charts/cert-manager";
import type { Json, KubernetesObject } from "../object";

/** issuerObjects of one issuer; `http01` says how the answer to a challenge gets in, and is asked only then. */
export function issuerObjects({ name, authority }: Issuer, http01: () => Json): readonly KubernetesObject[] {
  return authority.kind === "self-signed"
    ? selfSigned(name, authority)
    : [clusterIssuer(name, { acme: acme(name, authority, http01) })];
}

/**
 * selfSigned: a root that signs only itself, the authority's certificate, and the issuer that signs by it. The
 * authority lives ten years and keeps its key when it is renewed, for somebody has told machines to trust it.
 * @see https://cert-manager.io/docs/configuration/selfsigned/#bootstrapping-ca-issuers
 */
function selfSigned(name: string, { commonName }: SelfSigned): readonly KubernetesObject[] {
  const root = `${name}-root`;
  const authority = `${name}-ca`;
  return [
    clusterIssuer(root, { selfSigned: {} }),
    {
      apiVersion: "cert-manager.io/v1",
      kind: "Certificate",
      metadata: { name: authority, namespace: certManagerNamespace.name },
      spec: {
        isCA: true,
        commonName,
        secretName: authority,
        duration: "87600h",
        privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Never" },
        issuerRef: issuerRef(root),
      },
    },
    clusterIssuer(name, { ca: { secretName: authority } }),
  ];
}

export function issuerRef(name: string): Json {
  return { group: "cert-manager.io", kind: "ClusterIssuer", name };
}

function clusterIssuer(name: string, spec: Json): KubernetesObject {
  return { apiVersion: "cert-manager.io/v1", kind: "ClusterIssuer", metadata: { name }, spec };
}

function acme(name: string, { server, email, challenge }: Acme, http01: () => Json): Json {
  return {
    server,
    email,
    privateKeySecretRef: { name: `${name}-account` },
    solvers: [challenge.kind === "http01" ? { http01: http01() } : dns01(challenge)],
  };
}

function dns01({ zones, provider }: Dns01): Json {
  const key = { name: provider.secret, key: provider.key };
  return {
    selector: zones.length === 0 ? undefined : { dnsZones: zones },
    dns01:
      provider.kind === "cloudflare"
        ? { cloudflare: { apiTokenSecretRef: key } }
        : {
            rfc2136: {
              nameserver: provider.nameserver,
              tsigKeyName: provider.tsigKeyName,
              tsigAlgorithm: provider.tsigAlgorithm,
              tsigSecretSecretRef: key,
            },
          },
  };
}
