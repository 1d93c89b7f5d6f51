import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { DataNginxproxymanagerRedirectionHost } from "../.gen/providers/nginxproxymanager/data-nginxproxymanager-redirection-host";
import { RedirectionHost as RedirectionHostResource } from "../.gen/providers/nginxproxymanager/redirection-host";
import type { RedirectionHost } from "../edge/hosts";
import type { ConstructId } from "./ids";
import type { NpmHostProps } from "./npm-proxy-host";
import { literal } from "./terraform-text";

/** One entry of `edge.redirections`. In plans: `nginxproxymanager_redirection_host.<id>`. */
export class NpmRedirectionHost extends Construct {
  readonly written: ITerraformDependable;

  constructor(scope: Construct, id: ConstructId, props: NpmHostProps<RedirectionHost>) {
    super(scope, id);
    const { host, certificateId, preflight, after } = props;
    const resource = new RedirectionHostResource(this, "Default", {
      enabled: true,
      domainNames: [...host.domainNames],
      forwardScheme: host.forwardScheme,
      forwardDomainName: host.forwardDomainName,
      forwardHttpCode: host.forwardHttpCode,
      preservePath: host.preservePath,
      blockExploits: false,
      ...(certificateId === undefined ? {} : { certificateId }),
      sslForced: host.sslForced,
      http2Support: host.http2Support,
      hstsEnabled: host.hstsEnabled,
      hstsSubdomains: host.hstsSubdomains,
      advancedConfig: literal(host.advancedConfig),
      dependsOn: [...after],
      lifecycle: {
        precondition: [
          preflight.domainsAreOurs(host, {
            kind: "redirection host",
            address: `nginxproxymanager_redirection_host.${id}`,
          }),
        ],
      },
    });
    if (host.adopt !== undefined) resource.importFrom(String(host.adopt));
    new DataNginxproxymanagerRedirectionHost(this, "online", {
      id: resource.id,
      lifecycle: { postcondition: [preflight.isOnline(host.domainNames, "look at the proxy's own log")] },
    });
    this.written = resource;
  }
}
