import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ControlPlane, KubernetesObjectLike } from "../../../../lab/kubernetes/contract";
import { startReal } from "../../../../lab/kubernetes/real/control-plane";
import { findPrograms } from "../../../../lab/kubernetes/real/programs";
import { freshTls } from "./fresh-tls";

/** RealStand is a real control plane with authorities of its own and some nodes that run. */
export interface RealStand {
  readonly plane: ControlPlane;
  readonly tls: Readonly<Record<string, string>>;
  readonly folder: string;
  readonly reports: readonly string[];
  /** apply objects, each again until its webhooks answer. */
  apply(...objects: readonly KubernetesObjectLike[]): Promise<void>;
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
  const renewing = setInterval(() => {
    for (const [name] of nodes) plane.renewLease(name).catch((error: unknown) => reports.push(String(error)));
  }, 5_000);
  return {
    plane,
    tls,
    folder,
    reports,
    async apply(...objects) {
      for (const object of objects) await applyOnce(plane, object);
    },
    async close() {
      clearInterval(renewing);
      await plane.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** applyOnce its kind is known and its webhooks answer, as Helm's wait and the next stack do on a real cluster. */
async function applyOnce(plane: ControlPlane, object: KubernetesObjectLike): Promise<void> {
  const deadline = performance.now() + 60_000;
  for (;;) {
    try {
      await plane.apply(object);
      return;
    } catch (error) {
      const isEarly = error instanceof Error && error.message.includes("failed calling webhook");
      if (!isEarly || performance.now() > deadline) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
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
