import { stringify } from "yaml";
import { proxySettings } from "../../edge/proxy-settings";
import { expectGolden } from "../golden-file";
import { representative, tls } from "./representative";
import { edge, host, location, upstream } from "./samples";

test.each(Object.entries(representative))("the %s edge is the one that was reviewed", (name, each) => {
  expectGolden(`edge/${name}.yaml`, stringify(proxySettings("home", each), { lineWidth: 0 }));
});

test("every host of a file carries its mark first, so that another's is never taken for it", () => {
  const { mark, ...settings } = proxySettings("home", {
    ...edge({ hosts: [host(), host({ clientIp: "append" })] }),
    redirections: representative["others"]?.redirections ?? [],
    notFound: representative["others"]?.notFound ?? [],
  });
  const hosts = [...settings.proxyHosts, ...settings.redirectionHosts, ...settings.deadHosts];
  expect(hosts.map(({ advancedConfig }) => advancedConfig.split("\n")[0])).toEqual([
    "# slipway home/main-test-com",
    "# slipway home/main-test-com",
    "# slipway home/test-com",
    "# slipway home/old-test-com",
    "# slipway home/gone-test-com",
  ]);
  expect(mark).toBe("# slipway home");
});

test("domains are in lower case, once, and in the order in which the proxy keeps them", () => {
  expect(
    only({ hosts: ["www.test.com", "MAIN.test.com", "*.test.com", "main.test.com"] }).domainNames,
  ).toEqual(["*.test.com", "main.test.com", "www.test.com"]);
});

test("nothing of TLS is asked for without its condition: the proxy would switch it off, and every plan show it", () => {
  const none = { sslForced: false, http2Support: false, hstsEnabled: false, hstsSubdomains: false };
  expect(only({})).toMatchObject(none);
  expect(only({})).not.toHaveProperty("certificate");
  expect(only({ tls: { ...tls, force: false, hsts: { subdomains: true } } })).toMatchObject({
    certificate: "test.com",
    sslForced: false,
    http2Support: true,
    hstsEnabled: false,
    hstsSubdomains: false,
  });
});

test("a host in front of https names itself to it, once", () => {
  const secure = upstream({ scheme: "https", port: 443 });
  const settings = only({ upstream: secure, locations: [location("/api", { upstream: secure })] });
  expect(settings.advancedConfig).toContain("proxy_ssl_server_name on;\nproxy_ssl_name $host;");
  expect(settings.locations.map(({ advancedConfig }) => advancedConfig).join("")).not.toContain("proxy_ssl");
});

test("raw text stands last, as it was written, between two lines that say whose it is", () => {
  const raw = '# mine {\n\tadd_header X-Mine "a;b";  # and so on';
  const { advancedConfig } = only({ rawNginx: raw, clientIp: "append" });
  expect(advancedConfig).toMatch(/\n# rawNginx of cluster.ts, as written there:\n/);
  expect(advancedConfig.endsWith(`\n${raw}\n# End of rawNginx.`)).toBe(true);
});

test("refuses a second location for /, which would take the host down", () => {
  expect(() => only({ locations: [location("/")] })).toThrow("the location / is the host itself");
});

test("refuses 0 as a size or a time, which nginx takes for no limit and for at once", () => {
  expect(() => only({ limits: { maxBodyBytes: 0, timeouts: {} } })).toThrow('"0g" is not a size');
});

function only(changed: Parameters<typeof host>[0]) {
  const [settings] = proxySettings("home", edge({ hosts: [host(changed)] })).proxyHosts;
  if (settings === undefined) throw new Error("no host was made");
  return settings;
}
