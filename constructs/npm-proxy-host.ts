import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { DataNginxproxymanagerProxyHost } from "../.gen/providers/nginxproxymanager/data-nginxproxymanager-proxy-host";
import { ProxyHost as ProxyHostResource } from "../.gen/providers/nginxproxymanager/proxy-host";
import type { ProxyHost } from "../edge/hosts";
import type { ConstructId } from "./ids";
import { hostAttributes, type NpmHostProps } from "./npm-host";
import { literal } from "./terraform-text";

/** One proxy host, and a look whether nginx took it. In plans: `nginxproxymanager_proxy_host.<id>`. */
export class NpmProxyHost extends Construct {
  readonly written: ITerraformDependable;

  constructor(scope: Construct, id: ConstructId, props: NpmHostProps<ProxyHost>) {
    super(scope, id);
    const { host, certificateId, preflight, after } = props;
    const resource = new ProxyHostResource(this, "Default", {
      ...hostAttributes(host, certificateId),
      forwardScheme: host.forwardScheme,
      forwardHost: host.forwardHost,
      forwardPort: host.forwardPort,
      allowWebsocketUpgrade: host.allowWebsocketUpgrade,
      cachingEnabled: host.cachingEnabled,
      blockExploits: host.blockExploits,
      locations: host.locations.map((location) => ({
        ...location,
        path: literal(location.path),
        advancedConfig: literal(location.advancedConfig),
      })),
      dependsOn: [...after],
      lifecycle: {
        precondition: [
          preflight.domainsAreOurs(host, {
            kind: "proxy host",
            address: `nginxproxymanager_proxy_host.${id}`,
          }),
        ],
      },
    });
    if (host.adopt !== undefined) resource.importFrom(String(host.adopt));
    new DataNginxproxymanagerProxyHost(this, "online", {
      id: resource.id,
      lifecycle: {
        postcondition: [preflight.isOnline(host.domainNames, "mend rawNginx of its route in cluster.ts")],
      },
    });
    this.written = resource;
  }
}
