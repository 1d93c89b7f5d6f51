import { follow } from "../../trace/follow";
import { knows, passEdge } from "../../trace/edge";
import type { KubernetesObject } from "../../trace/objects";
import type { Request } from "../../trace/trace";
import { clusterOf, objectsOf } from "./cluster-objects";
import { edgeAddress, proxy, wayFromEdge } from "./edge-records";

const objects = objectsOf(clusterOf("examples/hello.ts"));
const certificates = [{ id: 7, name: "7" }];
const toIngress = { forward_scheme: "http", forward_host: "192.168.0.240", forward_port: 80 };
const main = { name: "main", domain_names: ["main.test.com"], ...toIngress };
const withTls = { ...main, certificate_id: 7 };
const answered = {
  kind: "answered",
  by: [{ service: "hello", namespace: "apps", port: 8080, percent: 100 }],
};

describe("which host takes a request", () => {
  const wild = { name: "wild", domain_names: ["*.test.com"], ...toIngress, forward_port: 81 };

  it("the exact name comes before the wildcard, whichever is written first", () => {
    expect(wayOf("http://main.test.com/hello", { proxyHosts: [wild, main] }).end).toEqual(answered);
  });

  it("the longer wildcard comes before the shorter", () => {
    const longer = { ...main, domain_names: ["*.a.test.com"] };
    const [hop] = wayOf("http://b.a.test.com/", { proxyHosts: [wild, longer] }).hops;
    expect(hop?.object).toEqual({ kind: "ProxyHost", name: "main" });
  });

  it("a name is found whatever its case, and never by its tail alone", () => {
    const shouting = { ...main, domain_names: ["MAIN.Test.com"] };
    expect(wayOf("http://main.test.com/hello", { proxyHosts: [shouting] }).end).toEqual(answered);
    expect(knows(proxy({ proxyHosts: [wild] }), new URL("http://test.com/"))).toBe(false);
    expect(knows(proxy({ proxyHosts: [main] }), new URL("http://notmain.test.com/"))).toBe(false);
  });

  it("by HTTPS the wildcard with a certificate comes before the exact name without one", () => {
    const secured = { ...wild, forward_port: 80, certificate_id: 7 };
    const { hops, end } = wayOf("https://main.test.com/hello", { proxyHosts: [main, secured], certificates });
    expect(hops[1]?.object).toEqual({ kind: "ProxyHost", name: "wild" });
    expect(end).toEqual(answered);
  });
});

describe("TLS", () => {
  it("ends at the edge with its certificate, and the way goes on at the upstream's address and port", () => {
    const { hops, end } = wayOf("https://main.test.com/hello", { proxyHosts: [withTls], certificates });
    expect(hops.slice(0, 3)).toMatchObject([
      { at: "edge certificate", object: { kind: "Certificate", name: "7" } },
      { at: "edge", object: { kind: "ProxyHost", name: "main" }, says: "/ to http://192.168.0.240:80" },
      { at: "address", says: "192.168.0.240" },
    ]);
    expect(end).toEqual(answered);
  });

  it("is refused without a certificate, and with one that is not in the proxy", () => {
    const lost = (host: object) => wayOf("https://main.test.com/hello", { proxyHosts: [host] }).end;
    expect(lost(main)).toEqual({
      kind: "lost",
      why: "ProxyHost main has no certificate: the proxy refuses HTTPS for it",
    });
    expect(lost(withTls)).toEqual({
      kind: "lost",
      why: "ProxyHost main has certificate 7, which is not in the proxy: the proxy refuses HTTPS for it",
    });
  });

  it("is forced on visitors by HTTP, with the target printed whole", () => {
    const forced = { ...withTls, ssl_forced: true };
    expect(wayOf("http://main.test.com/hello?a=b", { proxyHosts: [forced], certificates }).end).toEqual({
      kind: "redirected",
      status: 301,
      to: "https://main.test.com/hello?a=b",
    });
  });

  it("is not forced where the certificate is gone: the proxy then drops the redirect too", () => {
    const forced = { ...withTls, ssl_forced: true };
    expect(wayOf("http://main.test.com/hello", { proxyHosts: [forced] }).end).toEqual(answered);
  });

  it("is not forced on a visitor who says that he came by HTTPS only where the proxy is told to believe him", () => {
    const forced = { ...withTls, ssl_forced: true };
    const headers = { "x-forwarded-proto": "https" };
    const ask = (host: object) =>
      wayOf("http://main.test.com/hello", { proxyHosts: [host], certificates }, { headers }).end.kind;
    expect(ask(forced)).toBe("redirected");
    expect(ask({ ...forced, trust_forwarded_proto: true })).toBe("answered");
  });
});

describe("hosts that serve nothing", () => {
  it("a disabled host says so", () => {
    expect(wayOf("http://main.test.com/hello", { proxyHosts: [{ ...main, enabled: false }] }).end).toEqual({
      kind: "lost",
      why: "ProxyHost main is disabled in the proxy",
    });
  });

  it("a host that nginx refused says it in nginx's words", () => {
    const offline = { ...main, nginx_online: false, nginx_err: 'unknown directive "alow"' };
    expect(wayOf("http://main.test.com/hello", { proxyHosts: [offline] }).end).toEqual({
      kind: "lost",
      why: 'ProxyHost main is not online: nginx says unknown directive "alow"',
    });
  });

  it("a 404 host answers for its names", () => {
    const dead = { name: "gone", domain_names: ["gone.test.com"] };
    const { hops, end } = wayOf("http://gone.test.com/", { deadHosts: [dead] });
    expect(hops).toMatchObject([{ at: "edge", object: { kind: "DeadHost", name: "gone" } }]);
    expect(end).toEqual({
      kind: "lost",
      why: "the edge itself answers 404 for gone.test.com, by DeadHost gone",
    });
  });

  it("a host that is gone shows the default site", () => {
    expect(wayOf("http://main.test.com/hello", {}).end).toEqual({
      kind: "lost",
      why: "the edge has no host for main.test.com, and shows its default site",
    });
  });
});

describe("redirection hosts", () => {
  const old = {
    name: "old",
    domain_names: ["old.test.com"],
    forward_domain_name: "main.test.com",
    forward_http_code: 302,
    certificate_id: 7,
  };
  const ask = (host: object, url: string) => wayOf(url, { redirectionHosts: [host], certificates }).end;

  it("keep scheme and path where they are told to", () => {
    expect(ask({ ...old, preserve_path: true }, "https://old.test.com/a?b=c")).toEqual({
      kind: "redirected",
      status: 302,
      to: "https://main.test.com/a?b=c",
    });
  });

  it("drop the path and change the scheme where they are told to", () => {
    expect(ask({ ...old, forward_scheme: "https" }, "http://old.test.com/a")).toMatchObject({
      to: "https://main.test.com",
    });
  });
});

describe("allow lists", () => {
  const lan = { ...main, advanced_config: "# slipway\nallow 10.0.0.0/8;\nallow 192.168.0.7;\ndeny all;" };
  const ask = (from: string | undefined, host: object = lan) =>
    wayOf("http://main.test.com/hello", { proxyHosts: [host] }, from === undefined ? {} : { from });

  it.each(["10.1.2.3", "192.168.0.7"])("let %s in", (from) => {
    expect(ask(from).end).toEqual(answered);
  });

  it("turn others away with the edge's 403", () => {
    expect(ask("192.168.0.8").end).toEqual({
      kind: "lost",
      why: "the edge answers 403 to 192.168.0.8, which ProxyHost main does not let in",
    });
  });

  it("are printed, and turn nobody away whose address is not told", () => {
    const { hops, end } = ask(undefined);
    expect(hops[0]?.says).toContain("allow 10.0.0.0/8, allow 192.168.0.7, deny all");
    expect(end).toEqual(answered);
  });

  it("are decided by the first rule, and by none in a comment or in a block", () => {
    const deny = (config: string) => ask("10.1.2.3", { ...main, advanced_config: config }).end.kind;
    expect(deny("deny 10.1.0.0/16; allow 10.0.0.0/8; deny all;")).toBe("lost");
    expect(deny("# deny all;\nlocation /x { deny all; }")).toBe("answered");
  });

  it("of a location stand for the host's own", () => {
    const location = { path: "/hello", ...toIngress, advanced_config: "allow 10.0.0.0/8; deny all;" };
    const host = { ...main, advanced_config: "deny all;", locations: [location] };
    expect(ask("10.1.2.3", host).end).toEqual(answered);
  });
});

describe("locations", () => {
  const elsewhere = { path: "/hello", ...toIngress, forward_port: 81 };

  it("the longest prefix takes the request, prefixes being of characters", () => {
    const longer = { path: "/hello/", ...toIngress };
    const host = { ...main, locations: [elsewhere, longer] };
    expect(wayOf("http://main.test.com/hello/a", { proxyHosts: [host] }).end).toEqual(answered);
    expect(wayOf("http://main.test.com/helloween", { proxyHosts: [host] }).end.kind).toBe("lost");
  });

  it("one to another machine leaves the cluster", () => {
    const host = { ...main, locations: [{ ...elsewhere, forward_host: "192.168.0.9" }] };
    expect(wayOf("http://main.test.com/hello", { proxyHosts: [host] }).end).toEqual({
      kind: "left",
      host: "192.168.0.9:81",
    });
  });
});

describe("what visitors say about themselves", () => {
  const headers = { "x-forwarded-for": "1.2.3.4", "x-forwarded-proto": "https" };
  const raw = "location / {\n  set $server 192.168.0.240;\n  include conf.d/include/proxy.conf;\n}";
  const seen = (host: object) => {
    const records = proxy({ proxyHosts: [{ ...main, ...host }] });
    const url = new URL("http://main.test.com/hello");
    const passage = passEdge(records, { url, method: "GET", headers, from: "9.9.9.9" }, []);
    return "request" in passage ? passage.request : undefined;
  };

  it.each([
    ["by the host's own location", {}],
    ["by a raw location with the proxy's own header set", { advanced_config: raw }],
  ])("is passed on %s, and their address added", (_where, host) => {
    expect(seen(host)).toMatchObject({
      from: edgeAddress,
      headers: {
        "x-forwarded-for": "1.2.3.4, 9.9.9.9",
        "x-forwarded-proto": "https",
        "x-real-ip": "9.9.9.9",
      },
    });
  });

  it("ends at a location of the proxy", () => {
    expect(seen({ locations: [{ path: "/", ...toIngress }] })).toMatchObject({
      headers: { "x-forwarded-for": "9.9.9.9", "x-forwarded-proto": "http" },
    });
  });
});

describe("raw locations", () => {
  const block = (body: string) => ({ ...main, advanced_config: `location /hello { ${body} }` });

  it("lead where they set the proxy's variables to", () => {
    const host = block("set $server 192.168.0.9; set $port 81; include conf.d/include/proxy.conf;");
    expect(wayOf("http://main.test.com/hello", { proxyHosts: [host] }).end).toMatchObject({
      kind: "left",
      host: "192.168.0.9:81",
    });
  });

  it("are named where they cannot be followed", () => {
    const { hops } = wayOf("http://main.test.com/hello", { proxyHosts: [block("return 204;")] });
    expect(hops[0]?.says).toContain("locations of its raw configuration not looked into");
  });
});

describe("the upstream", () => {
  it("is no address of a Service: the way ends there, with why", () => {
    const host = { ...main, forward_host: "192.168.0.31" };
    expect(wayOf("http://main.test.com/hello", { proxyHosts: [host] }).end).toEqual({
      kind: "lost",
      why: "the edge sends it to http://192.168.0.31:80, which is no address of a Service in this cluster",
    });
  });

  it("is a Service's address, at a port where it does not listen", () => {
    const host = { ...main, forward_port: 8080 };
    expect(wayOf("http://main.test.com/hello", { proxyHosts: [host] }).end).toEqual({
      kind: "lost",
      why: "Service traefik/traefik has 192.168.0.240 and does not listen on port 8080",
    });
  });
});

describe("streams", () => {
  const stream = { name: "raw", incoming_port: 8443, forwarding_host: "192.168.0.240", forwarding_port: 443 };
  const sites = objectsOf(clusterOf("examples/two-sites.ts"));

  it("pass TLS on unopened, host and all", () => {
    const { hops, end } = wayOf("https://a.com:8443/b", { streams: [stream] }, {}, sites);
    expect(hops[0]).toMatchObject({ at: "edge", object: { kind: "Stream", name: "raw" } });
    expect(end).toMatchObject({ kind: "answered", by: [{ service: "b" }] });
  });

  it("take TLS off where they have a certificate", () => {
    const opened = { ...stream, forwarding_port: 80, certificate_id: 7 };
    expect(wayOf("https://main.test.com:8443/hello", { streams: [opened], certificates }).end).toEqual(
      answered,
    );
  });
});

it("inside, the same request begins at the load balancer", () => {
  const request = { url: new URL("http://main.test.com/hello"), method: "GET", headers: {} };
  expect(follow(objects, request).hops[0]).toMatchObject({ at: "address" });
});

function wayOf(
  url: string,
  records: object,
  request: Partial<Request> = {},
  all: readonly KubernetesObject[] = objects,
) {
  return wayFromEdge(records, all, url, request);
}
