import type { Cluster, ServerNode } from "../config/model";
import { machineDocument } from "./document";
import { serverConfig } from "./rke2-config";
import { audit } from "./steps/audit";
import { authorities } from "./steps/authorities";
import { baseSystem } from "./steps/base-system";
import { bootstrap } from "./steps/bootstrap";
import { configuration } from "./steps/configuration";
import { serverCredentials } from "./steps/credentials";
import { kernelDefaults, serverHardening } from "./steps/hardening";
import { httpProxy } from "./steps/http-proxy";
import { install } from "./steps/install";
import { manifests } from "./steps/manifests";
import { registries } from "./steps/registries";
import { snapshotStore } from "./steps/snapshot-store";
import { start } from "./steps/start";
import { storage } from "./steps/storage";

/** serverUserData is a server's whole first boot, its secrets as slots. */
export function serverUserData(cluster: Cluster, node: ServerNode): string {
  return machineDocument(node.name, [
    baseSystem,
    httpProxy(cluster.network, "rke2-server"),
    storage(cluster, node),
    kernelDefaults(cluster.rke2),
    serverHardening(cluster.rke2),
    serverCredentials,
    ...(node.mayInitialise ? [authorities] : []),
    configuration(serverConfig(cluster, node)),
    registries(cluster.rke2),
    snapshotStore(cluster.controlPlane),
    audit(cluster.rke2),
    manifests(cluster, node),
    install(cluster),
    bootstrap(cluster, node),
    start("rke2-server"),
  ]);
}
