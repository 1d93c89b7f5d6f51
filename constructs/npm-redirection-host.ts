import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { DataNginxproxymanagerRedirectionHost } from "../.gen/providers/nginxproxymanager/data-nginxproxymanager-redirection-host";
import { RedirectionHost as RedirectionHostResource } from "../.gen/providers/nginxproxymanager/redirection-host";
import type { RedirectionHost } from "../edge/hosts";
import type { ConstructId } from "./ids";
import { hostAttributes, type NpmHostProps } from "./npm-host";

/** One entry of `edge.redirections`. In plans: `nginxproxymanager_redirection_host.<id>`. */
export class NpmRedirectionHost extends Construct {
  readonly written: ITerraformDependable;

  constructor(scope: Construct, id: ConstructId, props: NpmHostProps<RedirectionHost>) {
    super(scope, id);
    const { host, certificateId, preflight, after } = props;
    const resource = new RedirectionHostResource(this, "Default", {
      ...hostAttributes(host, certificateId),
      forwardScheme: host.forwardScheme,
      forwardDomainName: host.forwardDomainName,
      forwardHttpCode: host.forwardHttpCode,
      preservePath: host.preservePath,
      blockExploits: false,
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
