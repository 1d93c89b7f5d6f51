import { ClusterProblems } from "../../config/problem";
import { resolve } from "../../config/resolve";
import { home } from "../clusters/home";

/** Flags that decide where a program listens, whom it believes or which network it serves. */
const ours = {
  kubelet:
    "node-ip hostname-override node-labels register-with-taints resolv-conf cluster-dns cluster-domain root-dir cert-dir config config-dir pod-manifest-path cloud-provider container-runtime-endpoint image-service-endpoint kubeconfig bootstrap-kubeconfig client-ca-file tls-cert-file tls-private-key-file",
  "kube-proxy": "cluster-cidr hostname-override kubeconfig master",
  "kube-apiserver":
    "advertise-address service-cluster-ip-range service-node-port-range bind-address secure-port etcd-servers etcd-cafile etcd-certfile etcd-keyfile tls-cert-file tls-private-key-file client-ca-file kubelet-certificate-authority kubelet-client-certificate kubelet-client-key requestheader-client-ca-file proxy-client-cert-file proxy-client-key-file service-account-key-file service-account-signing-key-file service-account-issuer encryption-provider-config authorization-mode",
  "kube-controller-manager":
    "cluster-cidr service-cluster-ip-range allocate-node-cidrs node-cidr-mask-size root-ca-file service-account-private-key-file cluster-signing-kubelet-client-cert-file cluster-signing-legacy-unknown-key-file kubeconfig authentication-kubeconfig secure-port",
  "kube-scheduler": "kubeconfig authentication-kubeconfig authorization-kubeconfig secure-port",
  etcd: "name data-dir config-file initial-cluster initial-cluster-state initial-advertise-peer-urls listen-client-urls listen-peer-urls advertise-client-urls cert-file key-file trusted-ca-file client-cert-auth peer-cert-file peer-key-file peer-trusted-ca-file force-new-cluster",
};

/** Flags that operators have reasons to set. */
const theirs = {
  kubelet: "max-pods kube-reserved system-reserved eviction-hard image-gc-high-threshold feature-gates v",
  "kube-proxy": "proxy-mode metrics-bind-address conntrack-max-per-core",
  "kube-apiserver":
    "audit-log-path audit-log-maxage oidc-issuer-url authentication-config goaway-chance event-ttl runtime-config audit-policy-file admission-control-config-file",
  "kube-controller-manager": "bind-address node-monitor-grace-period terminated-pod-gc-threshold",
  "kube-scheduler": "bind-address v",
  etcd: "quota-backend-bytes auto-compaction-retention listen-metrics-urls heartbeat-interval election-timeout snapshot-count",
};

test.each(flagsOf(ours))("refuses %s's %s, which is set already", (program, flag) => {
  expect(codesOf({ [program]: { [flag]: "x" } })).toContain("rke2/argument-of-ours");
});

test.each(flagsOf(theirs))("%s's %s is the operator's", (program, flag) => {
  expect(codesOf({ [program]: { [flag]: "x" } })).not.toContain("rke2/argument-of-ours");
});

test("anonymous-auth and protect-kernel-defaults are refused only where they open something", () => {
  const kubelet = (flags: object, rke2 = {}) => codesOf({ kubelet: flags }, rke2);
  expect(kubelet({ "anonymous-auth": "true" })).toEqual(["rke2/argument-of-ours"]);
  expect(kubelet({ "anonymous-auth": "false", "protect-kernel-defaults": "false" })).toEqual([]);
  expect(kubelet({ "protect-kernel-defaults": "false" }, { profile: "cis" })).toEqual([
    "rke2/argument-of-ours",
  ]);
  expect(kubelet({ "protect-kernel-defaults": "true" }, { profile: "cis" })).toEqual([]);
});

test("an audit's policy is refused beside the file's own audit", () => {
  const flags = { "kube-apiserver": { "audit-policy-file": "/etc/audit.yaml" } };
  expect(codesOf(flags)).toEqual([]);
  expect(codesOf(flags, { audit: "metadata" })).toEqual(["rke2/argument-of-ours"]);
});

function flagsOf(table: Readonly<Record<string, string>>): [program: string, flag: string][] {
  return Object.entries(table).flatMap(([program, flags]) =>
    flags.split(" ").map((flag): [string, string] => [program, flag]),
  );
}

function codesOf(written: object, rke2 = {}): string[] {
  const literal = {
    ...home,
    servers: { ...home.servers, arguments: written },
    rke2: { ...home.rke2, ...rke2 },
  };
  try {
    return resolve([literal]).warnings.map(({ code }) => code);
  } catch (error) {
    if (error instanceof ClusterProblems) return error.problems.map(({ code }) => code);
    throw error;
  }
}
