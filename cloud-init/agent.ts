import type { AgentNode, Cluster } from "../config/model";
import { machineDocument } from "./document";
import { agentConfig } from "./rke2-config";
import { baseSystem } from "./steps/base-system";
import { configuration } from "./steps/configuration";
import { agentCredentials } from "./steps/credentials";
import { kernelDefaults } from "./steps/hardening";
import { httpProxy } from "./steps/http-proxy";
import { install } from "./steps/install";
import { keepRegistered } from "./steps/keep-registered";
import { registries } from "./steps/registries";
import { start } from "./steps/start";
import { storage } from "./steps/storage";

/** agentUserData is a worker's whole first boot, its secrets as slots. */
export function agentUserData(cluster: Cluster, node: AgentNode): string {
  return machineDocument(node.name, [
    baseSystem,
    httpProxy(cluster.network, "rke2-agent"),
    storage(cluster, node),
    kernelDefaults(cluster.rke2),
    agentCredentials,
    configuration(agentConfig(cluster, node)),
    registries(cluster.rke2),
    install(cluster),
    keepRegistered(cluster, node),
    start("rke2-agent"),
    start("slipway-keep-registered"),
  ]);
}
