import { NullProvider } from "@cdktf/provider-null/lib/provider";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { NginxproxymanagerProvider } from "../.gen/providers/nginxproxymanager/provider";
import type { Cluster } from "../config/model";
import type { Edge } from "../config/model/edge";
import { EdgeParts } from "../constructs/edge-parts";
import { proxySettings } from "../edge/proxy-settings";
import { keepState } from "./state";

/** What this cluster has in the Nginx Proxy Manager in front of it: another machine, and others' hosts beside ours. */
export class EdgeStack extends TerraformStack {
  constructor(scope: Construct, cluster: Pick<Cluster, "name" | "state">, edge: Edge) {
    super(scope, `${cluster.name}-edge`);
    keepState(this, cluster.state);
    new NullProvider(this, "null");
    new NginxproxymanagerProvider(this, "nginxproxymanager", { url: edge.url });
    new EdgeParts(this, "Default", {
      cluster: cluster.name,
      edge,
      settings: proxySettings(cluster.name, edge),
    });
  }
}
