import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { DataNginxproxymanagerDeadHost } from "../.gen/providers/nginxproxymanager/data-nginxproxymanager-dead-host";
import { DeadHost as DeadHostResource } from "../.gen/providers/nginxproxymanager/dead-host";
import type { DeadHost } from "../edge/hosts";
import type { ConstructId } from "./ids";
import type { NpmHostProps } from "./npm-proxy-host";

/** One entry of `edge.notFound`, which the proxy calls a dead host. In plans: `nginxproxymanager_dead_host.<id>`. */
export class NpmDeadHost extends Construct {
  readonly written: ITerraformDependable;

  constructor(scope: Construct, id: ConstructId, props: NpmHostProps<DeadHost>) {
    super(scope, id);
    const { host, certificateId, preflight, after } = props;
    const resource = new DeadHostResource(this, "Default", {
      enabled: true,
      domainNames: [...host.domainNames],
      ...(certificateId === undefined ? {} : { certificateId }),
      sslForced: host.sslForced,
      http2Support: host.http2Support,
      hstsEnabled: host.hstsEnabled,
      hstsSubdomains: host.hstsSubdomains,
      advancedConfig: host.advancedConfig,
      dependsOn: [...after],
      lifecycle: {
        precondition: [preflight.domainsAreOurs("404 host", `nginxproxymanager_dead_host.${id}`, host)],
      },
    });
    if (host.adopt !== undefined) resource.importFrom(String(host.adopt));
    new DataNginxproxymanagerDeadHost(this, "online", {
      id: resource.id,
      lifecycle: { postcondition: [preflight.isOnline(host.domainNames, "look at the proxy's own log")] },
    });
    this.written = resource;
  }
}
