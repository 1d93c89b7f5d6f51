import type { NodeProgram, ServerProgram } from "../model/rke2";
import type { ClusterInput } from "../schema";

/** Owner of a flag: why an operator's value would break something, and what says the same in the file. */
export interface Owner {
  readonly why: string;
  readonly fix: string;
}

/**
 * ownerOf a flag that this program or RKE2 sets by itself.
 * @see rke2: pkg/executor/staticpod/staticpod.go; k3s: pkg/daemons/control/server.go, pkg/daemons/agent/agent_linux.go
 */
export function ownerOf(
  program: NodeProgram | ServerProgram,
  flag: string,
  value: string | readonly string[],
  input: ClusterInput,
): Owner | undefined {
  return owned.find(
    ({ of, flags, when }) =>
      (of === "all" || of.includes(program)) && flags.test(flag) && (when?.(input, value) ?? true),
  )?.owner;
}

interface Owned {
  readonly of: "all" | readonly (NodeProgram | ServerProgram)[];
  readonly flags: RegExp;
  readonly owner: Owner;
  /** when this is so; absent = always. */
  readonly when?: (input: ClusterInput, value: string | readonly string[]) => boolean;
}

const derived = (what: string, field: string): Owner => ({
  why: `${what}, and this one would contradict it`,
  fix: `take it out; ${field} decides it`,
});

const made: Owner = {
  why: "RKE2 makes the file itself, from the cluster's own authorities",
  fix: "take it out",
};

const wired: Owner = {
  why: "RKE2's programs find each other by it, and this one would be found no more",
  fix: "take it out",
};

const closed: Owner = {
  why: "RKE2 answers nobody without a certificate or a token, and health checks need no more",
  fix: "take it out",
};

const isTrue = (value: string | readonly string[]) => [value].flat().includes("true");
const isFalse = (value: string | readonly string[]) => [value].flat().includes("false");

/** owned flags; the first that fits has the word. */
const owned: readonly Owned[] = [
  {
    of: ["kubelet"],
    flags: /^node-ip$/,
    owner: derived("a node's address is its machine's", "first of the pool"),
  },
  {
    of: ["kubelet", "kube-proxy"],
    flags: /^hostname-override$/,
    owner: derived("a node has its machine's name", "the pool's name"),
  },
  {
    of: ["kubelet"],
    flags: /^node-labels$/,
    owner: {
      why: "it replaces the labels that RKE2 gives the node",
      fix: "write it into labels of the pool",
    },
  },
  {
    of: ["kubelet"],
    flags: /^register-with-taints$/,
    owner: {
      why: "it replaces the taints that RKE2 gives the node",
      fix: "write it into taints of the pool",
    },
  },
  {
    of: ["kubelet"],
    flags: /^resolv-conf$/,
    owner: derived("pods ask the machine's own DNS servers", "network.dns"),
  },
  {
    of: ["kubelet"],
    flags: /^cluster-dns$/,
    owner: derived("the cluster's DNS has the tenth address of its Services", "network.services"),
  },
  {
    of: ["kubelet"],
    flags: /^cluster-domain$/,
    owner: { why: "it is cluster.local on every node and in every certificate", fix: "take it out" },
  },
  {
    of: ["kubelet"],
    flags: /^protect-kernel-defaults$/,
    owner: {
      why: "with profile cis a node that may change the kernel's settings does not start",
      fix: "take it out, or take profile out of rke2",
    },
    when: ({ rke2 }, value) => rke2.profile === "cis" && isFalse(value),
  },
  {
    of: ["kubelet"],
    flags:
      /^(root-dir|cert-dir|config|config-dir|pod-manifest-path|cloud-provider|(container-runtime|image-service)-endpoint|authorization-mode|authentication-token-webhook)$/,
    owner: wired,
  },
  {
    of: ["kube-proxy", "kube-controller-manager"],
    flags: /^cluster-cidr$/,
    owner: derived("all parts have one network of pods", "network.pods"),
  },
  {
    of: ["kube-controller-manager"],
    flags: /^(allocate-node-cidrs|node-cidr-mask-size(-ipv4)?)$/,
    owner: derived("each node has a /24 of the pods' network", "network.pods"),
  },
  {
    of: ["kube-apiserver", "kube-controller-manager"],
    flags: /^service-cluster-ip-range$/,
    owner: derived("all parts have one network of Services", "network.services"),
  },
  {
    of: ["kube-apiserver"],
    flags: /^service-node-port-range$/,
    owner: {
      why: "NodePorts are 30000 to 32767 here, and a value beside RKE2's own would be for one server alone",
      fix: "take it out",
    },
  },
  {
    of: ["kube-apiserver"],
    flags: /^(advertise-address|external-hostname)$/,
    owner: {
      why: "each server announces its own address: with a shared one, logs and exec stop working",
      fix: "take it out; api.address is where the API answers",
    },
  },
  {
    of: ["kube-apiserver"],
    flags: /^audit-policy-file$/,
    owner: {
      why: "the audit has its policy from the file already",
      fix: "take it out, or take audit and profile out of rke2",
    },
    when: ({ rke2 }) => rke2.audit !== undefined || rke2.profile === "cis",
  },
  {
    of: ["kube-apiserver"],
    flags: /^admission-control-config-file$/,
    owner: {
      why: "it replaces the file by which profile cis refuses pods that are not restricted",
      fix: "take it out, or take profile out of rke2",
    },
    when: ({ rke2 }) => rke2.profile === "cis",
  },
  {
    of: ["kube-apiserver", "kubelet"],
    flags: /^anonymous-auth$/,
    owner: closed,
    when: (_, value) => isTrue(value),
  },
  {
    of: ["kube-apiserver"],
    flags:
      /^(bind-address|secure-port|advertise-port|cert-dir|allow-privileged|authorization-mode|authorization-config|storage-backend|etcd-servers|etcd-prefix|requestheader-.*|service-account-issuer|encryption-provider-config(-automatic-reload)?)$/,
    owner: wired,
  },
  {
    of: ["kube-controller-manager", "kube-scheduler"],
    flags: /^(secure-port|cloud-provider|cloud-config|use-service-account-credentials)$/,
    owner: wired,
  },
  {
    of: ["etcd"],
    flags:
      /^(name|config-file|data-dir|listen-(client|peer|client-http)-urls|advertise-client-urls|discovery.*|initial-.*|force-new-cluster)$/,
    owner: wired,
  },
  {
    of: ["etcd"],
    flags:
      /^(peer-)?(cert-file|key-file|trusted-ca-file|client-cert-auth|auto-tls|cert-allowed-(cn|hostname))$/,
    owner: made,
  },
  {
    of: "all",
    flags:
      /^((tls-(cert|private-key)|(client-)?ca|root-ca|etcd-(ca|cert|key)|cluster-signing-.*|proxy-client-.*|kubelet-client-.*|service-account-.*key)-?file|etcd-(cafile|certfile|keyfile)|kubelet-certificate-authority|kubelet-client-(certificate|key)|(bootstrap-|authentication-|authorization-)?kubeconfig|master)$/,
    owner: made,
  },
];
