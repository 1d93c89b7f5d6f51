import { startSimulated, type SimulatedControlPlane } from "../../../lab/kubernetes/simulated";
import type { KubernetesObjectLike } from "../../../lab/kubernetes/contract";
import { clientCertificate, selfSignedAuthority, serverCertificate } from "../../../lab/network/certificate";
import { listenOnLoopback } from "../../../lab/network/loopback";

/** HelmApi is a lab cluster with one node, and how its administrator reaches it. */
export interface HelmApi {
  readonly plane: SimulatedControlPlane;
  /** kubernetes, what the provider's configuration says. */
  readonly kubernetes: Readonly<Record<string, string>>;
  names(kind: string, namespace: string): Promise<string[]>;
  close(): Promise<void>;
}

export async function startHelmApi(...namespaces: readonly string[]): Promise<HelmApi> {
  const [clientCa, serverCa] = await Promise.all([
    selfSignedAuthority("client"),
    selfSignedAuthority("server"),
  ]);
  const plane = await startSimulated({
    tls: { "client-ca.crt": clientCa.certificatePem },
    clusterCidr: "172.29.0.0/16",
    serviceCidr: "172.30.0.0/16",
    nodePortRange: [30000, 32767],
    hasQuorum: () => true,
    report: (text) => {
      throw new Error(text);
    },
  });
  const serving = await serverCertificate(serverCa, "api", ["127.0.0.1"]);
  const bound = await listenOnLoopback(await plane.serve({ ...serving, names: ["127.0.0.1"] }));
  const admin = await clientCertificate(clientCa, {
    commonName: "system:admin",
    organization: "system:masters",
  });
  for (const name of namespaces)
    await plane.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name } });
  await plane.registerNode({
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name: "worker-1",
      labels: { "kubernetes.io/hostname": "worker-1", "kubernetes.io/os": "linux" },
    },
    spec: {},
    status: { addresses: [{ type: "InternalIP", address: "192.168.0.31" }] },
  });
  await plane.setNodeReady("worker-1", true);
  return {
    plane,
    kubernetes: {
      host: `https://127.0.0.1:${bound.port}`,
      cluster_ca_certificate: serverCa.certificatePem,
      client_certificate: admin.certificatePem,
      client_key: admin.keyPem,
    },
    async names(kind, namespace) {
      await plane.settled();
      const all = await plane.objects();
      return all.filter((each) => isIn(each, kind, namespace)).map(({ metadata }) => metadata.name);
    },
    async close() {
      await bound.close();
      await plane.close();
    },
  };
}

function isIn(object: KubernetesObjectLike, kind: string, namespace: string): boolean {
  return object.kind === kind && object.metadata.namespace === namespace;
}
