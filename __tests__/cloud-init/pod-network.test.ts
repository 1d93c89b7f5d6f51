import { z } from "zod";
import { agentUserData } from "../../cloud-init/agent";
import { podNetwork } from "../../cloud-init/manifests/pod-network";
import { serverConfig } from "../../cloud-init/rke2-config";
import { networkConfig } from "../../cloud-init/seed";
import { serverUserData } from "../../cloud-init/server";
import type { Cluster } from "../../config/model";
import { home } from "../clusters/home";
import { clusterOf } from "./clusters";
import { readYaml } from "./read-document";

const helmChartConfig = z.object({
  apiVersion: z.literal("helm.cattle.io/v1"),
  kind: z.literal("HelmChartConfig"),
  metadata: z.object({ name: z.string(), namespace: z.literal("kube-system") }),
  spec: z.object({ valuesContent: z.string() }),
});

/** Paths as the charts have them: rancher/rke2-charts, packages/rke2-canal/charts/values.yaml and the patches beside. */
const chosen = {
  canal: {
    flannel: { iface: "eth0" },
    calico: { vethuMTU: 1450, ipAutoDetectionMethod: "kubernetes-internal-ip" },
  },
  ipip: {
    installation: {
      backend: "IPIP",
      calicoNetwork: {
        bgp: "Enabled",
        mtu: 1480,
        nodeAddressAutodetectionV4: { kubernetes: "NodeInternalIP" },
      },
    },
  },
  vxlan: {
    installation: {
      backend: "VXLAN",
      calicoNetwork: {
        bgp: "Disabled",
        mtu: 1450,
        nodeAddressAutodetectionV4: { kubernetes: "NodeInternalIP" },
      },
    },
  },
};

describe("the pods' network is settled before the first start, for RKE2's own chart of it", () => {
  test.each([
    ["canal", "canal", "rke2-canal", chosen.canal],
    ["calico with IPIP", { calico: { encapsulation: "IPIP" } }, "rke2-calico", chosen.ipip],
    ["calico", "calico", "rke2-calico", chosen.vxlan],
    ["cilium", "cilium", "rke2-cilium", { MTU: 1500 }],
    [
      "cilium without kube-proxy",
      { cilium: { kubeProxyReplacement: true } },
      "rke2-cilium",
      { MTU: 1500, kubeProxyReplacement: true, k8sServiceHost: "localhost", k8sServicePort: 6443 },
    ],
  ])("%s", (_, cni, chart, values) => {
    const config = helmChartConfig.parse(readYaml(podNetwork(clusterWith(cni))));
    expect(config.metadata.name).toBe(chart);
    expect(readYaml(config.spec.valuesContent)).toEqual(values);
  });
});

test("every server carries the same settings, under a file name of ours, and no worker does", () => {
  const cluster = clusterWith("canal", { servers: { ...home.servers, count: 3 } });
  const documents = cluster.servers.map((node) => serverUserData(cluster, node));
  expect(documents).toHaveLength(3);
  for (const document of documents) {
    expect(document).toContain("/var/lib/rancher/rke2/server/manifests/slipway-rke2-canal.yaml");
    expect(document).toContain("vethuMTU: 1450");
  }
  for (const worker of cluster.workers) {
    expect(agentUserData(cluster, worker)).not.toContain("HelmChartConfig");
  }
});

test.each([
  ["canal", 1400, 1350],
  ["calico", 9000, 8950],
  [{ calico: { encapsulation: "IPIP" } }, 9000, 8980],
] as const)("pods of %j on a network of %d bytes have %d", (cni, mtu, pods) => {
  const cluster = clusterWith(cni, { network: { ...home.network, mtu } });
  expect(cluster.rke2.cni.mtu).toBe(pods);
  expect(podNetwork(cluster)).toMatch(new RegExp(`(vethuMTU|mtu): ${pods}\\b`));
});

test("a card is told its MTU where that is not Ethernet's own", () => {
  const [usual, large] = [1500, 9000].map((mtu) =>
    clusterWith("canal", { network: { ...home.network, mtu } }),
  );
  expect(usual && networkConfigOf(usual)).not.toContain("mtu");
  expect(large && networkConfigOf(large)).toContain("mtu: 9000");
});

test("kube-proxy is off only where Cilium does its work", () => {
  const off = (cni: unknown) => {
    const cluster = clusterWith(cni);
    return cluster.servers.map((node) => /^disable-kube-proxy: true$/m.test(serverConfig(cluster, node)));
  };
  expect(off({ cilium: { kubeProxyReplacement: true } })).toEqual([true]);
  expect(off("cilium")).toEqual([false]);
  expect(off("canal")).toEqual([false]);
});

function clusterWith(cni: unknown, more: object = {}): Cluster {
  return clusterOf({ ...home, ...more, rke2: { ...home.rke2, cni } });
}

function networkConfigOf(cluster: Cluster): string {
  return cluster.workers.map((node) => networkConfig(cluster, node)).join("\n");
}
