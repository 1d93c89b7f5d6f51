import type { AgentNode, Cluster } from "../config/model";
import { machineDocument } from "./document";
import { agentConfig } from "./rke2-config";
import { baseSystem } from "./steps/base-system";
import { configuration } from "./steps/configuration";
import { agentCredentials } from "./steps/credentials";
import { install } from "./steps/install";
import { keepRegistered } from "./steps/keep-registered";
import { start } from "./steps/start";

/** agentUserData is a worker's whole first boot, its secrets as slots. */
export function agentUserData(cluster: Cluster, node: AgentNode): string {
  return machineDocument(node.name, [
    baseSystem,
    agentCredentials,
    configuration(agentConfig(cluster, node)),
    install(cluster.rke2),
    keepRegistered(cluster, node),
    start("rke2-agent"),
    start("slipway-keep-registered"),
  ]);
}
