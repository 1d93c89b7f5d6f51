import { TerraformOutput, TerraformStack, Testing } from "cdktf";
import { DataNginxproxymanagerProxyHosts } from "../../.gen/providers/nginxproxymanager/data-nginxproxymanager-proxy-hosts";
import { NginxproxymanagerProvider } from "../../.gen/providers/nginxproxymanager/provider";
import { ProxyHost } from "../../.gen/providers/nginxproxymanager/proxy-host";
import { Settings } from "../../.gen/providers/nginxproxymanager/settings";

describe("the bindings of sander0542/nginxproxymanager", () => {
  const stack = new TerraformStack(Testing.app(), "edge");
  new NginxproxymanagerProvider(stack, "proxy", { url: "http://192.168.0.100:81" });
  const hosts = new DataNginxproxymanagerProxyHosts(stack, "hosts");
  const host = new ProxyHost(stack, "main", {
    domainNames: ["main.test.com"],
    forwardScheme: "http",
    forwardHost: "192.168.0.240",
    forwardPort: 80,
    locations: [{ path: "/api", forwardScheme: "http", forwardHost: "192.168.0.241", forwardPort: 8080 }],
  });
  new Settings(stack, "settings", { defaultSite: { page: "404" } });
  new TerraformOutput(stack, "status", { value: host.meta.lookup("nginx_online") });
  new TerraformOutput(stack, "id", { value: host.id });
  new TerraformOutput(stack, "second", { value: hosts.proxyHosts.get(1).forwardPort });
  const json: Json = JSON.parse(Testing.synth(stack));

  it("ask for it by the source that every engine completes, in the version of the excerpt", () => {
    expect(json.terraform).toMatchObject({
      required_providers: {
        nginxproxymanager: { source: "sander0542/nginxproxymanager", version: "1.4.0" },
      },
    });
  });

  it("write nested attributes as the values that the provider reads, not as blocks", () => {
    expect(json.resource).toMatchObject({
      nginxproxymanager_proxy_host: {
        main: {
          locations: [
            { path: "/api", forward_scheme: "http", forward_host: "192.168.0.241", forward_port: 8080 },
          ],
        },
      },
      nginxproxymanager_settings: { settings: { default_site: { page: "404" } } },
    });
  });

  it("lead to what the provider computes", () => {
    expect(json.output).toEqual({
      status: { value: '${nginxproxymanager_proxy_host.main.meta["nginx_online"]}' },
      id: { value: "${nginxproxymanager_proxy_host.main.id}" },
      second: { value: "${tolist(data.nginxproxymanager_proxy_hosts.hosts.proxy_hosts).1.forward_port}" },
    });
  });
});

interface Json {
  readonly terraform: unknown;
  readonly resource: unknown;
  readonly output: unknown;
}
