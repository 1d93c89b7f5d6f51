/**
 * Keys that RKE2's configuration file may hold, per role (docs.rke2.io/reference/server_config and
 * linux_agent_config, releases 1.36). RKE2 skips an unknown key with a warning and then runs without the
 * setting; the lab refuses it, because a rehearsal that passes must not have lost a setting.
 */
const shared =
  words(`debug data-dir token token-file server node-name with-node-id node-label node-taint node-ip
  node-external-ip node-internal-dns node-external-dns image-credential-provider-bin-dir
  image-credential-provider-config protect-kernel-defaults selinux lb-server-port container-runtime-endpoint
  default-runtime snapshotter private-registry system-default-registry disable-default-registry-endpoint
  nonroot-devices resolv-conf kubelet-arg kube-proxy-arg bind-address enable-pprof kubelet-path
  control-plane-resource-requests control-plane-resource-limits control-plane-probe-configuration
  kube-apiserver-extra-mount kube-scheduler-extra-mount kube-controller-manager-extra-mount
  kube-proxy-extra-mount etcd-extra-mount cloud-controller-manager-extra-mount kube-apiserver-extra-env
  kube-scheduler-extra-env kube-controller-manager-extra-env kube-proxy-extra-env etcd-extra-env
  cloud-controller-manager-extra-env kube-apiserver-image kube-controller-manager-image
  cloud-controller-manager-image kube-proxy-image kube-scheduler-image pause-image runtime-image etcd-image
  cloud-provider-name cloud-provider-config profile audit-policy-file pod-security-admission-config-file`);

const serverOnly = words(`advertise-address tls-san tls-san-security cluster-cidr service-cidr
  service-node-port-range cluster-dns cluster-domain egress-selector-mode servicelb-namespace cni
  write-kubeconfig write-kubeconfig-mode write-kubeconfig-group helm-job-image helm-controller-arg agent-token
  agent-token-file cluster-reset cluster-reset-restore-path etcd-expose-metrics etcd-disable-snapshots
  etcd-snapshot-name etcd-snapshot-schedule-cron etcd-snapshot-reconcile-interval etcd-snapshot-retention
  etcd-snapshot-dir etcd-snapshot-compress etcd-s3 etcd-s3-endpoint etcd-s3-endpoint-ca
  etcd-s3-skip-ssl-verify etcd-s3-access-key etcd-s3-secret-key etcd-s3-session-token etcd-s3-bucket
  etcd-s3-bucket-lookup-type etcd-s3-region etcd-s3-folder etcd-s3-retention etcd-s3-proxy
  etcd-s3-config-secret etcd-s3-insecure etcd-s3-timeout kube-apiserver-arg etcd-arg
  kube-controller-manager-arg kube-scheduler-arg kube-cloud-controller-manager-arg disable disable-scheduler
  disable-apiserver disable-controller-manager disable-etcd disable-cloud-controller disable-kube-proxy
  enable-servicelb ingress-controller secrets-encryption-provider embedded-registry supervisor-metrics`);

export type Role = "server" | "agent";

/** keysOf gives the keys that a role's configuration may hold. */
export function keysOf(role: Role): ReadonlySet<string> {
  return new Set(role === "server" ? [...shared, ...serverOnly] : shared);
}

/** criticalKeys must be the same on every server (docs.rke2.io/reference/server_config, Critical Configuration Values). */
export const criticalKeys = [
  "agent-token",
  "cluster-cidr",
  "cluster-dns",
  "cluster-domain",
  "disable-cloud-controller",
  "disable-kube-proxy",
  "egress-selector-mode",
  "service-cidr",
] as const;

function words(text: string): string[] {
  return text.split(/\s+/);
}
