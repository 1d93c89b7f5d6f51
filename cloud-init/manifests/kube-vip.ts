import type { Ipv4 } from "../../config/network";
import { kubeVipImage } from "../../versions";
import { networkInterface } from "../seed";
import { yamlText } from "../yaml";

const name = "kube-vip";
const namespace = "kube-system";
const rbac = "rbac.authorization.k8s.io";

/**
 * kubeVip keeps the API address on one living server, by ARP. Its load balancer for Services stays off: MetalLB
 * does that, and two writers of a Service's status fight.
 * @see https://kube-vip.io/docs/installation/daemonset/
 */
export function kubeVip(address: Ipv4): string {
  return [serviceAccount, role, binding, daemonSet(address)].map(yamlText).join("---\n");
}

const serviceAccount = { apiVersion: "v1", kind: "ServiceAccount", metadata: { name, namespace } };

/** Rights as kube-vip's own documentation lists them: kube-vip/website, content/manifests/rbac.yaml. */
const role = {
  apiVersion: `${rbac}/v1`,
  kind: "ClusterRole",
  metadata: { name: "system:kube-vip-role" },
  rules: [
    { apiGroups: [""], resources: ["services/status"], verbs: ["update"] },
    { apiGroups: [""], resources: ["services", "endpoints"], verbs: ["list", "get", "watch", "update"] },
    { apiGroups: [""], resources: ["nodes"], verbs: ["list", "get", "watch", "update", "patch"] },
    { apiGroups: [""], resources: ["pods"], verbs: ["list"] },
    {
      apiGroups: ["coordination.k8s.io"],
      resources: ["leases"],
      verbs: ["list", "get", "watch", "update", "create"],
    },
    {
      apiGroups: ["discovery.k8s.io"],
      resources: ["endpointslices"],
      verbs: ["list", "get", "watch", "update"],
    },
  ],
};

const binding = {
  apiVersion: `${rbac}/v1`,
  kind: "ClusterRoleBinding",
  metadata: { name: "system:kube-vip-binding" },
  roleRef: { apiGroup: rbac, kind: "ClusterRole", name: "system:kube-vip-role" },
  subjects: [{ kind: "ServiceAccount", name, namespace }],
};

function daemonSet(address: Ipv4): object {
  return {
    apiVersion: "apps/v1",
    kind: "DaemonSet",
    metadata: { name, namespace },
    spec: {
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          serviceAccountName: name,
          hostNetwork: true,
          priorityClassName: "system-node-critical",
          affinity: onServers,
          tolerations: [
            { operator: "Exists", effect: "NoSchedule" },
            { operator: "Exists", effect: "NoExecute" },
          ],
          containers: [
            {
              name,
              image: kubeVipImage,
              args: ["manager"],
              env: environment(address),
              securityContext: { capabilities: { add: ["NET_ADMIN", "NET_RAW"], drop: ["ALL"] } },
            },
          ],
        },
      },
    },
  };
}

const onServers = {
  nodeAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: [
        { matchExpressions: [{ key: "node-role.kubernetes.io/control-plane", operator: "Exists" }] },
      ],
    },
  },
};

/** Names as kube-vip 1.x reads them: kube-vip, pkg/kubevip/config_envvar.go. Lease times bear slow disks. */
function environment(address: Ipv4): object[] {
  const values = {
    vip_arp: "true",
    vip_interface: networkInterface,
    vip_subnet: "32",
    address,
    port: "6443",
    cp_enable: "true",
    cp_namespace: namespace,
    svc_enable: "false",
    vip_leaderelection: "true",
    vip_leasename: "plndr-cp-lock",
    vip_leaseduration: "15",
    vip_renewdeadline: "10",
    vip_retryperiod: "2",
  };
  return [
    { name: "vip_nodename", valueFrom: { fieldRef: { fieldPath: "spec.nodeName" } } },
    ...Object.entries(values).map(([variable, value]) => ({ name: variable, value })),
  ];
}
