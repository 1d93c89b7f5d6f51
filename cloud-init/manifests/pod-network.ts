import type { Cluster } from "../../config/model";
import type { Calico, Cilium, Cni } from "../../config/model/cni";
import { networkInterface } from "../seed";
import { yamlText } from "../yaml";

/** podNetworkChart, the name under which RKE2 installs the CNI's chart, and under which it takes settings for it. */
export function podNetworkChart({ kind }: Cni): string {
  return `rke2-${kind}`;
}

/**
 * podNetwork settles the CNI before the first start, for RKE2 does not migrate one that runs. Nodes speak to each
 * other by the address that they are known by, never by the first one found: that may be the API's.
 * @see https://docs.rke2.io/networking/basic_network_options, and rancher/rke2-charts: packages/rke2-canal, rke2-calico, rke2-cilium
 */
export function podNetwork({ rke2: { cni }, network: { mtu } }: Cluster): string {
  return yamlText({
    apiVersion: "helm.cattle.io/v1",
    kind: "HelmChartConfig",
    metadata: { name: podNetworkChart(cni), namespace: "kube-system" },
    spec: { valuesContent: yamlText(valuesOf(cni, mtu)) },
  });
}

function valuesOf(cni: Cni, networkMtu: number): object {
  switch (cni.kind) {
    case "canal":
      return {
        flannel: { iface: networkInterface },
        calico: { vethuMTU: cni.mtu, ipAutoDetectionMethod: "kubernetes-internal-ip" },
      };
    case "calico":
      return calicoValues(cni);
    case "cilium":
      return ciliumValues(cni, networkMtu);
  }
}

/** The operator refuses IPIP without BGP, which carries its routes (tigera/operator: installation/validation.go). */
function calicoValues({ encapsulation, mtu }: Calico): object {
  return {
    installation: {
      backend: encapsulation,
      calicoNetwork: {
        bgp: encapsulation === "IPIP" ? "Enabled" : "Disabled",
        mtu,
        nodeAddressAutodetectionV4: { kubernetes: "NodeInternalIP" },
      },
    },
  };
}

/**
 * Cilium is told the network's MTU and takes its own encapsulation off. Without kube-proxy it cannot find the API by
 * its Service; on every RKE2 node it also answers at localhost.
 */
function ciliumValues({ kubeProxyReplacement }: Cilium, networkMtu: number): object {
  return {
    MTU: networkMtu,
    ...(kubeProxyReplacement && {
      kubeProxyReplacement: true,
      k8sServiceHost: "localhost",
      k8sServicePort: 6443,
    }),
  };
}
