import type { EdgeHost } from "../../config/model/edge";
import { milliseconds } from "../../config/units";
import { proxySettings } from "../../edge/proxy-settings";
import { skipped } from "../skipped";
import { missing, Nginx } from "./nginx";
import { representative, tls } from "./representative";
import { edge, host, location, network } from "./samples";
import { Upstream } from "./upstream";
import { type Asked, seen, visit } from "./visitor";

/** spoofed: all that a visitor may say about itself. */
const spoofed = {
  "X-Forwarded-For": "203.0.113.9",
  "X-Forwarded-Proto": "https",
  "X-Forwarded-Scheme": "https",
  "X-Forwarded-Host": "evil.example",
  "X-Forwarded-Port": "1",
  "X-Forwarded-Prefix": "/evil",
  "X-Forwarded-Uri": "/evil",
  "X-Forwarded-Method": "DELETE",
  "X-Forwarded-Server": "evil",
  "X-Forwarded-Ssl": "on",
  "X-Forwarded-Client-Cert": "By=evil",
  "X-Forwarded-Tls-Client-Cert": "evil",
  "X-Forwarded-Tls-Client-Cert-Info": "evil",
  "X-Scheme": "https",
  "X-Real-IP": "203.0.113.9",
  Forwarded: "for=203.0.113.9;proto=https",
};

if (missing !== undefined) skipped("the edge's text behaves in a real nginx", missing);
else {
  describe("nginx accepts the text of", () => {
    test.each(Object.entries(representative))("the %s edge", async (_, each) => {
      const nginx = await Nginx.of(proxySettings("home", each).proxyHosts);
      expect(nginx.test()).toBe("");
      nginx.remove();
    });
  });
  describe("in a real nginx", behaviour);
}

function behaviour(): void {
  let plain: Upstream;
  let secure: Upstream;
  let nginx: Nginx;

  beforeAll(async () => {
    plain = await Upstream.http();
    secure = await Upstream.https();
    nginx = await Nginx.of(proxySettings("home", edge({ hosts: hostsOf(plain, secure) })).proxyHosts);
    expect(nginx.test()).toBe("");
    nginx.start();
  });

  afterAll(() => {
    nginx.stop();
    nginx.remove();
    plain.close();
    secure.close();
  });

  test.each(["/", "/api/x", "/logo.png", "/api/logo.png"])(
    "nothing that a visitor says about itself passes %s",
    async (path) => {
      expect(claims(await seen({ host: "strict.test.com", path, headers: spoofed }))).toEqual({
        "x-forwarded-for": "127.0.0.2",
        "x-real-ip": "127.0.0.2",
        "x-forwarded-proto": "http",
        "x-forwarded-scheme": "http",
        "x-forwarded-host": "strict.test.com",
        "x-forwarded-port": "80",
      });
    },
  );

  test.each([
    ["forced.test.com", "https", "443"],
    ["both.test.com", "https", "443"],
    ["both.test.com", "http", "80"],
  ] as const)("%s by %s says port %s, wherever nginx listens", async (name, scheme, port) => {
    const { headers } = await seen({ host: name, scheme, headers: spoofed });
    expect(headers).toMatchObject({
      "x-forwarded-port": port,
      "x-forwarded-proto": scheme,
      "x-forwarded-for": "127.0.0.2",
    });
  });

  test.each(["/", "/api/x", "/api/logo.png"])(
    "append passes on what the proxy in front said, at %s",
    async (path) => {
      const { headers } = await seen({
        host: "append.test.com",
        scheme: "https",
        path,
        headers: { ...spoofed, "X-Real-IP": "" },
      });
      expect(headers).toMatchObject({
        "x-forwarded-for": "203.0.113.9, 127.0.0.2",
        "x-forwarded-proto": "https",
        "x-forwarded-host": "evil.example",
        "x-real-ip": "127.0.0.2",
      });
    },
  );

  test("append asks a location's own upstream, under the path that was asked", async () => {
    expect(await seen({ host: "append.test.com", path: "/secure/x?y=1" })).toMatchObject({
      upstream: "https",
      url: "/secure/x?y=1",
      serverName: "append.test.com",
    });
  });

  test.each(["/", "/api/x", "/api/logo.png"])("HSTS is said once at %s, appending or not", async (path) => {
    for (const name of ["append.test.com", "forced.test.com"]) {
      const { headers } = await visit({ host: name, scheme: "https", path });
      expect(headers["strict-transport-security"]).toBe("max-age=63072000; preload");
    }
  });

  test.each(["strict.test.com", "append.test.com"])(
    "ids of a request and of a trace reach what is behind %s",
    async (name) => {
      const ids = {
        traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        tracestate: "a=1",
        "x-request-id": "7",
      };
      for (const path of ["/", "/api/x"]) {
        expect((await seen({ host: name, path, headers: ids })).headers).toMatchObject(ids);
      }
    },
  );

  test.each([
    ["strict.test.com", "/", 101],
    ["strict.test.com", "/api/x", 101],
    ["append.test.com", "/", 101],
    ["append.test.com", "/api/x", 101],
    ["limited.test.com", "/", 200],
  ] as const)("a websocket of %s%s is answered with %i", async (name, path, status) => {
    const headers = { Connection: "Upgrade", Upgrade: "websocket" };
    expect((await visit({ host: name, path, headers })).status).toBe(status);
  });

  test.each([
    ["limited.test.com", "/", 1024, 200],
    ["limited.test.com", "/", 1025, 413],
    ["limited.test.com", "/inherits", 1025, 413],
    ["limited.test.com", "/large", 1025, 200],
    ["limited.test.com", "/large", 4097, 413],
    ["limited-append.test.com", "/", 1025, 413],
    ["limited-append.test.com", "/inherits", 1025, 413],
    ["limited-append.test.com", "/large", 1025, 200],
    ["strict.test.com", "/", 2_000_000, 200],
  ] as const)("%s%s takes %i bytes with %i", async (name, path, bytes, status) => {
    expect((await visit({ host: name, path, bytes })).status).toBe(status);
  });

  test.each(["impatient.test.com", "impatient-append.test.com"])(
    "%s gives up on an upstream that says nothing",
    async (name) => {
      expect((await visit({ host: name, path: "/silent" })).status).toBe(504);
      expect((await visit({ host: name, path: "/inherits/silent" })).status).toBe(504);
    },
  );

  test.each(["office.test.com", "office-append.test.com"])(
    "%s answers its networks, and 403 everybody else everywhere",
    async (name) => {
      const statuses = async (from: string) =>
        Promise.all(
          ["/", "/api/x", "/api/logo.png"].map(
            async (path) => (await visit({ host: name, path, from })).status,
          ),
        );
      expect(await statuses("127.0.0.2")).toEqual([200, 200, 200]);
      expect(await statuses("127.0.9.9")).toEqual([200, 200, 200]);
      expect(await statuses("127.0.0.3")).toEqual([403, 403, 403]);
    },
  );

  test("refuses a visitor who says in X-Real-IP that it is one of those who may", async () => {
    const asked: Asked = {
      host: "office.test.com",
      from: "127.0.0.3",
      headers: { "X-Real-IP": "127.0.0.2" },
    };
    expect((await visit(asked)).status).toBe(403);
  });

  test("an https upstream is told which host is meant", async () => {
    expect((await seen({ host: "secure.test.com" })).serverName).toBe("secure.test.com");
    expect((await seen({ host: "strict.test.com", path: "/secure/" })).serverName).toBe("strict.test.com");
  });

  test("assets are kept, and asked of their own location's upstream; a visitor who signs in gets its own", async () => {
    const asked = { host: "strict.test.com", path: "/secure/kept.css" };
    const first = await seen(asked);
    expect(first.upstream).toBe("https");
    const before = secure.served;
    expect(await seen(asked)).toEqual(first);
    expect(secure.served).toBe(before);
    await seen({ ...asked, headers: { Authorization: "Basic eDp5" } });
    expect(secure.served).toBe(before + 1);
  });

  test("raw text holds where it was written", async () => {
    expect((await visit({ host: "raw.test.com" })).headers["x-raw"]).toBe("host");
    expect((await visit({ host: "raw.test.com", path: "/legacy" })).headers["x-raw"]).toBe("location");
  });
}

function hostsOf(plain: Upstream, secure: Upstream): readonly EdgeHost[] {
  const api = location("/api", { upstream: plain.asked });
  const secured = location("/secure/", { upstream: secure.asked });
  const small = {
    websocket: false,
    limits: { maxBodyBytes: 1024, timeouts: {} },
    locations: [
      location("/inherits", { upstream: plain.asked }),
      location("/large", { upstream: plain.asked, limits: { maxBodyBytes: 4096, timeouts: {} } }),
    ],
  };
  const impatient = {
    limits: { timeouts: { read: milliseconds(50) } },
    locations: [location("/inherits", { upstream: plain.asked })],
  };
  const office = {
    allow: [network("127.0.0.2/32"), network("127.0.9.0/24")],
    locations: [api],
    cacheAssets: true,
  };
  const hsts = { ...tls, hsts: { subdomains: false } };
  const append = { clientIp: "append" } as const;
  const hosts: Readonly<Record<string, Partial<EdgeHost>>> = {
    strict: { locations: [api, secured], cacheAssets: true },
    append: { ...append, tls: hsts, locations: [api, secured], cacheAssets: true },
    forced: { tls: hsts, locations: [api], cacheAssets: true },
    both: { tls: { ...tls, force: false } },
    limited: small,
    "limited-append": { ...append, ...small },
    impatient,
    "impatient-append": { ...append, ...impatient },
    office,
    "office-append": { ...append, ...office },
    secure: { upstream: secure.asked },
    raw: {
      rawNginx: "add_header X-Raw host;",
      locations: [location("/legacy", { upstream: plain.asked, rawNginx: "add_header X-Raw location;" })],
    },
  };
  return Object.entries(hosts).map(([name, changed]) =>
    host({ name, hosts: [`${name}.test.com`], upstream: plain.asked, ...changed }),
  );
}

function claims({ headers }: Awaited<ReturnType<typeof seen>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => /forwarded|real|scheme/.test(name)));
}
