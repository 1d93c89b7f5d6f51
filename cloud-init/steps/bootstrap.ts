import type { Cluster, ServerNode } from "../../config/model";
import type { Step } from "../document";
import { paths } from "../paths";
import { bootstrapScript } from "../scripts";

/** The step before each start of rke2-server that decides whether this server joins or begins the cluster. */
export function bootstrap(cluster: Cluster, node: ServerNode): Step {
  return {
    privateDirectories: [paths.slipway],
    files: [
      { path: paths.serverAuthority, secret: "server-ca.crt" },
      { path: paths.rejoinCertificate, secret: "rejoin.crt" },
      { path: paths.rejoinKey, secret: "rejoin.key" },
      { path: paths.bootstrapSettings, permissions: "0600", content: settings(cluster, node) },
      { path: paths.bootstrap, permissions: "0755", content: bootstrapScript },
      {
        path: "/etc/systemd/system/rke2-server.service.d/10-slipway-bootstrap.conf",
        permissions: "0644",
        content: dropIn(cluster),
      },
    ],
  };
}

/**
 * dropIn of the unit. It asks its peers itself, never the proxy that the unit's environment names: a curl before 7.86
 * knows no networks in NO_PROXY, and a proxy that does not reach a peer would look like a peer that is gone.
 */
function dropIn({ network }: Cluster): string {
  const directly = "/usr/bin/env --unset=HTTP_PROXY --unset=HTTPS_PROXY ";
  return `[Service]
ExecStartPre=${network.proxy === undefined ? "" : directly}${paths.bootstrap}
RestartSec=15s
TimeoutStartSec=infinity
`;
}

function settings(cluster: Cluster, node: ServerNode): string {
  const peers = cluster.servers.filter((server) => server.name !== node.name).map((server) => server.address);
  return `NODE=${node.name}
NODE_ADDRESS=${node.address}
API_ADDRESS=${cluster.api.address}
PEERS="${peers.join(" ")}"
MAY_INITIALISE=${node.mayInitialise ? "yes" : "no"}
INITIALISE=${cluster.rke2.initialise}
VM_ID=${node.vmId}
VM_NAME=${node.vmName}
`;
}
