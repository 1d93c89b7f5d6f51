import { Resource } from "@cdktf/provider-null/lib/resource";
import { type ITerraformDependable, Token } from "cdktf";
import { Construct } from "constructs";
import { DataNginxproxymanagerDeadHost } from "../.gen/providers/nginxproxymanager/data-nginxproxymanager-dead-host";
import { DeadHost as DeadHostResource } from "../.gen/providers/nginxproxymanager/dead-host";
import type { DeadHost } from "../edge/hosts";
import { type ConstructId, constructId } from "./ids";
import { hostAttributes, type NpmHostProps } from "./npm-host";
import { addressOf, literal } from "./terraform-text";

/**
 * One entry of `edge.notFound`, which the proxy calls a dead host. In plans: `nginxproxymanager_dead_host.<id>`. It is
 * made anew where others are changed: after a change the proxy goes on to serve what stood there before, and without
 * its certificate. Source: nginx-proxy-manager 2.15.1, backend/internal/dead-host.js.
 */
export class NpmDeadHost extends Construct {
  readonly written: ITerraformDependable;

  constructor(scope: Construct, id: ConstructId, props: NpmHostProps<DeadHost>) {
    super(scope, id);
    const { host, certificateId, preflight, after } = props;
    const settings = new Resource(this, constructId("settings"), {
      triggers: {
        domain_names: host.domainNames.join(" "),
        certificate_id: certificateId === undefined ? "none" : Token.asString(certificateId),
        ssl_forced: String(host.sslForced),
        http2_support: String(host.http2Support),
        hsts_enabled: String(host.hstsEnabled),
        hsts_subdomains: String(host.hstsSubdomains),
        advanced_config: literal(host.advancedConfig),
      },
    });
    const resource = new DeadHostResource(this, "Default", {
      ...hostAttributes(host, certificateId),
      dependsOn: [...after],
      lifecycle: {
        precondition: [preflight.domainsAreOurs(host)],
        replaceTriggeredBy: [addressOf(settings)],
      },
    });
    new DataNginxproxymanagerDeadHost(this, "online", {
      id: resource.id,
      lifecycle: { postcondition: [preflight.isOnline(host.domainNames, "look at the proxy's own log")] },
    });
    this.written = resource;
  }
}
