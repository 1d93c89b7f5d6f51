import type { ClusterIdentity } from "./cluster-identity";

/** KubernetesAccess, how a provider reaches the cluster's API as its administrator. */
export interface KubernetesAccess {
  readonly host: string;
  readonly clusterCaCertificate: string;
  readonly clientCertificate: string;
  readonly clientKey: string;
}

/** kubernetesAccess comes from the identity stack, so that it is known before a machine has booted. */
export function kubernetesAccess({ apiUrl, authorities, administrator }: ClusterIdentity): KubernetesAccess {
  return {
    host: apiUrl,
    clusterCaCertificate: authorities["server-ca"].certificate,
    clientCertificate: administrator.certificate,
    clientKey: administrator.key,
  };
}
