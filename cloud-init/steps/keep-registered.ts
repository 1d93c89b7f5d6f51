import type { AgentNode, Cluster } from "../../config/model";
import type { Step } from "../document";
import { paths } from "../paths";
import { keepRegisteredScript } from "../scripts";

/**
 * The service that brings a running worker back once its Node is lost. Not for servers: their Nodes are in a
 * datastore of their own, and one whose Node was deleted has left etcd and starts over with its bootstrap step.
 */
export function keepRegistered(cluster: Cluster, node: AgentNode): Step {
  return {
    files: [
      { path: paths.keepRegistered, permissions: "0755", content: keepRegisteredScript },
      {
        path: "/etc/systemd/system/slipway-keep-registered.service",
        permissions: "0644",
        content: unit(cluster, node),
      },
    ],
  };
}

function unit(cluster: Cluster, node: AgentNode): string {
  return `[Unit]
Description=Register this worker again when the cluster has lost its Node

[Service]
ExecStart=${paths.keepRegistered} ${node.name} ${cluster.api.address}
Restart=always
RestartSec=15s

[Install]
WantedBy=multi-user.target
`;
}
