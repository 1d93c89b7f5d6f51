import type { Cluster, ServerNode } from "../config/model";
import { machineDocument } from "./document";
import { serverConfig } from "./rke2-config";
import { authorities } from "./steps/authorities";
import { baseSystem } from "./steps/base-system";
import { bootstrap } from "./steps/bootstrap";
import { configuration } from "./steps/configuration";
import { serverCredentials } from "./steps/credentials";
import { install } from "./steps/install";
import { manifests } from "./steps/manifests";
import { start } from "./steps/start";

/** serverUserData is a server's whole first boot, its secrets as slots. */
export function serverUserData(cluster: Cluster, node: ServerNode): string {
  return machineDocument(node.name, [
    baseSystem,
    serverCredentials,
    ...(node.mayInitialise ? [authorities] : []),
    configuration(serverConfig(cluster, node)),
    manifests(cluster, node),
    install(cluster.rke2),
    bootstrap(cluster, node),
    start("rke2-server"),
  ]);
}
