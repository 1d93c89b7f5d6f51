import { agentUserData } from "../../cloud-init/agent";
import { loadBalancerUserData } from "../../cloud-init/load-balancer";
import { fillSecrets } from "../../cloud-init/secrets";
import { metaData, networkConfig } from "../../cloud-init/seed";
import { serverUserData } from "../../cloud-init/server";
import type { Cluster, Machine } from "../../config/model";
import type { Seed } from "../../lab/boot/subject";
import { type Identity, secretsOf } from "./identity";

/** seedOf a machine: its snippets as they lie on its drive, the secrets in them filled in. */
export async function seedOf(cluster: Cluster, machine: Machine, identity: Identity): Promise<Seed> {
  const secret = await secretsOf(machine, identity);
  return {
    userData: fillSecrets(userDataOf(cluster, machine), (name) =>
      Buffer.from(secret(name)).toString("base64"),
    ),
    metaData: metaData(machine),
    networkConfig: networkConfig(cluster, machine),
  };
}

function userDataOf(cluster: Cluster, machine: Machine): string {
  switch (machine.role) {
    case "server":
      return serverUserData(cluster, machine);
    case "agent":
      return agentUserData(cluster, machine);
    case "load-balancer":
      if (cluster.api.through !== "haproxy") throw new Error(`${machine.name} is in front of nothing`);
      return loadBalancerUserData(cluster, cluster.api, machine);
  }
}
