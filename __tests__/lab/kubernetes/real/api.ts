import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startApiServer } from "../../../../lab/kubernetes/real/api-server";
import type { Client } from "../../../../lab/kubernetes/real/client";
import { startEtcd } from "../../../../lab/kubernetes/real/etcd";
import { layOut } from "../../../../lab/kubernetes/real/pki";
import { findProgram } from "../../../../lab/kubernetes/real/programs";
import { freshTls } from "./fresh-tls";

/** RealApi is etcd and an API server, with nothing that acts on what they hold. */
export interface RealApi {
  readonly client: Client;
  close(): Promise<void>;
}

export async function startRealApi(): Promise<RealApi> {
  const folder = mkdtempSync(join(tmpdir(), "slipway-api-"));
  const say = (line: string): boolean => process.stderr.write(`${line}\n`);
  const pki = layOut(join(folder, "tls"), await freshTls());
  const etcd = await startEtcd(await findProgram("etcd", process.env, say), pki, folder);
  const program = await findProgram("kube-apiserver", process.env, say);
  const ranges = {
    clusterCidr: "172.29.0.0/16",
    serviceCidr: "172.30.0.0/16",
    nodePortRange: [30000, 32767],
  } as const;
  const api = await startApiServer(program, pki, etcd, ranges, folder);
  return {
    client: api.admin,
    async close() {
      api.admin.close();
      await api.daemon.stop();
      await etcd.daemon.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
