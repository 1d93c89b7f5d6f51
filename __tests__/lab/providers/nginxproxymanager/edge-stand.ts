import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type LabEdge, startLabEdge } from "../../../../lab/edge";
import { createLabNetwork } from "../../../../lab/network";
import { startStandIns } from "../../../../lab/providers";
import { surroundings } from "../surroundings";
import { openWorkspace, type Workspace } from "../workspace";
import { account } from "./fake-proxy";

/** EdgeStand is the lab's proxy, the stand-in that is led to it, and an engine at work. */
export interface EdgeStand {
  readonly edge: LabEdge;
  readonly workspace: Workspace;
  close(): Promise<void>;
}

export async function startEdgeStand(engine: string): Promise<EdgeStand> {
  const scratch = await mkdtemp(join(tmpdir(), "lab-edge-"));
  const network = await createLabNetwork();
  const edge = await startLabEdge({
    network,
    address: "192.168.0.100",
    account: {
      email: account.NGINXPROXYMANAGER_USERNAME,
      password: account.NGINXPROXYMANAGER_PASSWORD,
      role: "admin",
    },
    scratch,
    path: "",
  });
  const standIns = await startStandIns(["nginxproxymanager"], {
    ...surroundings,
    environment: { ...account, HTTP_PROXY: network.httpProxyUrl },
  });
  const workspace = await openWorkspace(engine, standIns);
  return {
    edge,
    workspace,
    async close() {
      await workspace.close();
      await standIns.close();
      await edge.close();
      await network.close();
      await rm(scratch, { recursive: true });
    },
  };
}

/** configuration of the given resources and whatever else, with the proxy at its address in the lab. */
export function configuration(resource: unknown, others: Readonly<Record<string, unknown>> = {}): unknown {
  return {
    terraform: {
      required_providers: { nginxproxymanager: { source: "sander0542/nginxproxymanager", version: "1.4.0" } },
    },
    provider: { nginxproxymanager: { url: "http://192.168.0.100:81" } },
    resource,
    ...others,
  };
}
