import type { Provider } from "../protocol/provider";
import type { Api } from "./api";
import { certificateCustom } from "./certificate-custom";
import { connectionOf } from "./connection";
import { allHosts, certificates, oneHost, userMe, version } from "./data-sources";
import { hostKinds } from "./host-kind";
import { hostResource } from "./host-resource";
import { schema, source } from "./schema";
import { settings } from "./settings";

/** nginxProxyManagerProvider writes to the proxy that its configuration or its environment names, as 1.4.0 does. */
export const nginxProxyManagerProvider: Provider<Api> = {
  source,
  schema,
  configure: connectionOf,
  resources: {
    nginxproxymanager_proxy_host: hostResource(hostKinds.proxy_host),
    nginxproxymanager_redirection_host: hostResource(hostKinds.redirection_host),
    nginxproxymanager_dead_host: hostResource(hostKinds.dead_host),
    nginxproxymanager_stream: hostResource(hostKinds.stream),
    nginxproxymanager_certificate_custom: certificateCustom,
    nginxproxymanager_settings: settings,
  },
  dataSources: {
    nginxproxymanager_proxy_host: oneHost(hostKinds.proxy_host),
    nginxproxymanager_proxy_hosts: allHosts(hostKinds.proxy_host),
    nginxproxymanager_redirection_host: oneHost(hostKinds.redirection_host),
    nginxproxymanager_redirection_hosts: allHosts(hostKinds.redirection_host),
    nginxproxymanager_dead_host: oneHost(hostKinds.dead_host),
    nginxproxymanager_dead_hosts: allHosts(hostKinds.dead_host),
    nginxproxymanager_stream: oneHost(hostKinds.stream),
    nginxproxymanager_streams: allHosts(hostKinds.stream),
    nginxproxymanager_certificates: certificates,
    nginxproxymanager_user_me: userMe,
    nginxproxymanager_version: version,
  },
};
