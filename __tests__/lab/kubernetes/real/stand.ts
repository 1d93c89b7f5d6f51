import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ControlPlane, KubernetesObjectLike } from "../../../../lab/kubernetes/contract";
import { startReal } from "../../../../lab/kubernetes/real/control-plane";
import { findPrograms } from "../../../../lab/kubernetes/real/programs";
import { selfSignedAuthority } from "../../../../lab/network/certificate";

/** RealStand is a real control plane with authorities of its own and some nodes that run. */
export interface RealStand {
  readonly plane: ControlPlane;
  readonly tls: Readonly<Record<string, string>>;
  readonly folder: string;
  readonly reports: readonly string[];
  close(): Promise<void>;
}

export async function startRealStand(nodes: readonly (readonly [string, string])[]): Promise<RealStand> {
  const folder = mkdtempSync(join(tmpdir(), "slipway-real-"));
  const programs = await findPrograms(process.env, (line) => process.stderr.write(`${line}\n`));
  const tls = await freshTls();
  const reports: string[] = [];
  const plane = await startReal(
    { programs, folder },
    {
      tls,
      clusterCidr: "10.42.0.0/16",
      serviceCidr: "10.43.0.0/16",
      nodePortRange: [30000, 32767],
      hasQuorum: () => true,
      report: (text) => reports.push(text),
    },
  );
  for (const [name, address] of nodes) {
    await plane.registerNode(node(name, address));
    await plane.setNodeReady(name, true);
  }
  return {
    plane,
    tls,
    folder,
    reports,
    async close() {
      await plane.close();
      if (process.env["KEEP"] === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freshTls(): Promise<Record<string, string>> {
  const names = ["server-ca", "client-ca", "request-header-ca", "etcd/peer-ca", "etcd/server-ca"];
  const pairs = await Promise.all(names.map((name) => selfSignedAuthority(name)));
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return Object.fromEntries([
    ...names.flatMap((name, index): [string, string][] => [
      [`${name}.crt`, pairs[index]?.certificatePem ?? ""],
      [`${name}.key`, pairs[index]?.keyPem ?? ""],
    ]),
    ["service.key", privateKey.export({ format: "pem", type: "pkcs1" }).toString()] as const,
  ]);
}

function node(name: string, address: string): KubernetesObjectLike {
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: { name, labels: { "kubernetes.io/hostname": name, "kubernetes.io/os": "linux" } },
    status: {
      addresses: [
        { type: "InternalIP", address },
        { type: "Hostname", address: name },
      ],
    },
  };
}
