import type { Rke2 } from "../../config/model/rke2";
import type { Step } from "../document";
import { paths } from "../paths";
import { yamlText } from "../yaml";

const kernelFile = "/etc/sysctl.d/60-rke2-cis.conf";

/**
 * kernelDefaults that RKE2 asks of every node with profile cis, and refuses to start without.
 * @see https://docs.rke2.io/security/hardening_guide, rancher/rke2 bundle/share/rke2/rke2-cis-sysctl.conf
 */
export function kernelDefaults({ profile }: Rke2): Step {
  if (profile === undefined) return {};
  return {
    files: [
      {
        path: kernelFile,
        permissions: "0644",
        content: `vm.panic_on_oom = 0
vm.overcommit_memory = 1
kernel.panic = 10
kernel.panic_on_oops = 1
`,
      },
    ],
    commands: [["sysctl", "--load", kernelFile]],
  };
}

/** serverHardening: the user that etcd runs as, and what pods may ask for. */
export function serverHardening({ profile }: Rke2): Step {
  if (profile === undefined) return {};
  return {
    files: [{ path: paths.podSecurity, permissions: "0600", content: podSecurity }],
    // in /etc/passwd and /etc/group, the only places where RKE2 looks
    commands: [
      [
        "useradd",
        "--system",
        "--user-group",
        "--no-create-home",
        "--shell",
        "/usr/sbin/nologin",
        "--comment",
        "etcd user",
        "etcd",
      ],
    ],
  };
}

const restricted = "restricted";
const latest = "latest";

/**
 * podSecurity: pods are `restricted` but in the namespaces that RKE2's own file exempts; the platform's other
 * namespaces carry labels. Ours, because RKE2 writes its own anew at every start. (rancher/rke2: pkg/rke2/psa.go)
 */
const podSecurity = yamlText({
  apiVersion: "apiserver.config.k8s.io/v1",
  kind: "AdmissionConfiguration",
  plugins: [
    {
      name: "PodSecurity",
      configuration: {
        apiVersion: "pod-security.admission.config.k8s.io/v1",
        kind: "PodSecurityConfiguration",
        defaults: {
          enforce: restricted,
          "enforce-version": latest,
          audit: restricted,
          "audit-version": latest,
          warn: restricted,
          "warn-version": latest,
        },
        exemptions: {
          usernames: [],
          runtimeClasses: [],
          namespaces: ["kube-system", "compliance-operator-system", "tigera-operator"],
        },
      },
    },
  ],
});
