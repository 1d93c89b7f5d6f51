import fc from "fast-check";
import type { Edge, EdgeHost } from "../../config/model/edge";
import { proxySettings } from "../../edge/proxy-settings";
import type { ProxySettings } from "../../edge/hosts";
import { expectedServer, inBaseUnits } from "./expected-server";
import { at, leaves, withLeaf } from "./leaves";
import { type Node, read } from "./reader";
import { representative } from "./representative";
import { edge, host, location } from "./samples";
import { serverBlock } from "./server-block";

const strict = firstHost("strict");
const append = firstHost("append");
const hosts: readonly EdgeHost[] = [
  strict,
  append,
  ...(representative["https"]?.hosts ?? []),
  host({ rawNginx: "gzip off;", locations: [location("/legacy", { rawNginx: "proxy_buffering off;" })] }),
];

test("a host makes exactly the directives that are expected of it", () => {
  for (const each of hosts) expect(serverOf(each)).toEqual(expectedServer(each));
});

test("any combination of a host's settings makes exactly the directives that are expected of it", () => {
  const combinations = fc.record({
    clientIp: fc.constantFrom("strict" as const, "append" as const),
    websocket: fc.boolean(),
    cacheAssets: fc.boolean(),
    blockExploits: fc.boolean(),
    allow: fc.constantFrom([], strict.allow),
    upstream: fc.constantFrom(...hosts.map(({ upstream }) => upstream)),
    locations: fc.subarray([...strict.locations]),
    limits: fc.constantFrom({ timeouts: {} }, strict.limits),
    hosts: fc.shuffledSubarray(["www.test.com", "MAIN.test.com", "*.test.com", "1.test.com"], {
      minLength: 1,
    }),
  });
  const withTls = fc.option(
    fc.record({
      certificate: fc.constant("test.com"),
      force: fc.boolean(),
      http2: fc.boolean(),
      hsts: fc.record({ subdomains: fc.boolean() }),
    }),
    { nil: undefined },
  );
  fc.assert(
    fc.property(combinations, withTls, (changed, tls) => {
      const each = host({ ...changed, ...(tls === undefined ? {} : { tls }) });
      expect(shown(serverOf(each))).toBe(shown(expectedServer(each)));
    }),
  );
});

describe("refuses what would be more than its place in nginx's text, or writes it as one word, in", () => {
  const places = [strict, append].flatMap((each) =>
    leaves(each).map((path) => [`${each.clientIp}.${path.join(".")}`, each, path] as const),
  );
  test.each(places)("host %s", (_, each, path) => {
    fc.assert(
      fc.property(hostile(at(each, path)), (text) => {
        const changed = withLeaf(each, path, text);
        const server = refusedOr(() => serverOf(changed));
        if (server !== undefined) expect(shown(server)).toBe(shown(expectedServer(changed)));
      }),
    );
  });

  const others: Edge = representative["others"] ?? edge();
  test.each(leaves(others).map((path) => [path.join("."), path] as const))("%s", (_, path) => {
    fc.assert(
      fc.property(hostile(at(others, path)), (text) => {
        const changed = withLeaf(others, path, text);
        const settings = refusedOr(() => proxySettings("home", changed));
        if (settings !== undefined)
          expect(shown(read(otherText(settings)))).toBe(shown(expectedOthers(changed)));
      }),
    );
  });

  test("the cluster's name", () => {
    fc.assert(
      fc.property(hostile("home"), (name) => {
        const settings = refusedOr(() => proxySettings(String(name), edge({ hosts: [host()] })));
        const [made] = settings?.proxyHosts ?? [];
        if (made !== undefined)
          expect(read(made.advancedConfig)).toContainEqual({
            comment: `# slipway ${String(name)}/main-test-com`,
          });
      }),
    );
  });
});

test.each([
  ["a host that ends the directive", { hosts: ["a.test.com;return"] }, "is not a host name"],
  ["a host with a port", { hosts: ["a.test.com:81"] }, "is not a host name"],
  ["a host that is a pattern", { hosts: ["~^(.+)$"] }, "is not a host name"],
  [
    "a path that begins another block",
    { locations: [location("/ { return 200; } location /x")] },
    "is not the path of a location",
  ],
  ["a path that is a modifier", { locations: [location("= /x")] }, "is not the path of a location"],
  [
    "a path with an escape, which would never match",
    { locations: [location("/a%20b")] },
    "is not the path of a location",
  ],
  ["a path with a variable", { locations: [location("/$host")] }, "is not the path of a location"],
  ["a name that is another's mark", { name: "away/main" }, "is not a name"],
  ["a name that ends the mark's line", { name: "x\nreturn 200;" }, "is not a name"],
])("refuses %s", (_, changed, said) => {
  expect(() => proxySettings("home", edge({ hosts: [host(changed)] }))).toThrow(said);
});

test.each([
  "https://test.com/;return 200",
  "https://test.com/$host",
  "javascript:alert(1)",
  "https://test.com/ x",
])("refuses a default site that leads to %s", (url) => {
  const asked = edge({ defaultSite: { page: "redirect", url } });
  expect(() => proxySettings("home", asked)).toThrow(
    "is not an http URL that can stand in nginx's configuration",
  );
});

function firstHost(name: string): EdgeHost {
  return representative[name]?.hosts[0] ?? host();
}

/** serverOf a host as nginx reads it when the proxy has written it. */
function serverOf(each: EdgeHost) {
  const [settings] = proxySettings("home", edge({ hosts: [each] })).proxyHosts;
  if (settings === undefined) throw new Error("no host was made");
  return inBaseUnits(read(serverBlock(settings)));
}

/** shown as lines: comparing them is much faster than comparing trees. */
function shown(nodes: readonly Node[]): string {
  return JSON.stringify(nodes, undefined, 1);
}

/** refusedOr: undefined only for the refusals that are meant; anything else that is thrown fails the test. */
function refusedOr<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    expect(String(error)).toMatch(/can stand in nginx's configuration|is none of|is the host itself/);
    return undefined;
  }
}

/** hostile values: what means something to nginx or to the proxy's templates, alone and around what was there. */
function hostile(valid: unknown): fc.Arbitrary<string | number> {
  const pieces = fc.constantFrom(
    ...[
      ";",
      "{",
      "}",
      '"',
      "'",
      "\\",
      "#",
      " ",
      "\n",
      "\r",
      "\t",
      "\0",
      "$host",
      "${host}",
      "~",
      "=",
      "^~ ",
      "/",
      "@",
      "*",
    ],
    ...[
      "; return 200;",
      '"; return 200; #',
      "} server { listen 81; ",
      "\ninclude /etc/passwd;",
      "{{ id }}",
      "{% raw %}",
    ],
    ...["\u2028", "é", "%0a", "..", "-", "A", "1.2.3.4", "::1", "[::1]", "unix:/x", "localhost"],
  );
  const texts = fc.oneof(
    fc.array(pieces, { minLength: 1, maxLength: 4 }).map((all) => all.join("")),
    fc.string({ unit: "binary", maxLength: 12 }),
  );
  const around = fc.tuple(texts, fc.nat(String(valid).length)).map(([text, cut]) => {
    const whole = String(valid);
    return whole.slice(0, cut) + text + whole.slice(cut);
  });
  const any = fc.oneof(texts, around);
  return typeof valid === "number" ? fc.oneof(any, fc.integer(), fc.double()) : any;
}

/** otherText that the proxy makes of redirections, 404 hosts, streams and the default site, but for fixed lines. */
function otherText({ redirectionHosts, deadHosts, streams, defaultSite }: ProxySettings): string {
  return [
    ...redirectionHosts.flatMap((each) => [
      `server_name ${each.domainNames.join(" ")};`,
      each.advancedConfig,
      `return ${each.forwardHttpCode} ${each.forwardScheme}://${each.forwardDomainName}$request_uri;`,
    ]),
    ...deadHosts.flatMap((each) => [`server_name ${each.domainNames.join(" ")};`, each.advancedConfig]),
    ...streams.map(
      (each) => `listen ${each.incomingPort}; proxy_pass ${each.forwardingHost}:${each.forwardingPort};`,
    ),
    `return 301 ${defaultSite?.redirect ?? defaultSite?.page ?? ""};`,
  ].join("\n");
}

function expectedOthers({ redirections, notFound, streams, defaultSite }: Edge): readonly Node[] {
  const names = (hosts: readonly string[]) => [...new Set(hosts.map((each) => each.toLowerCase()))].sort();
  const marked = (name: string) => [
    { comment: `# slipway home/${name}` },
    { comment: "# Written from cluster.ts: what is changed here is overwritten by the next deploy." },
  ];
  const site = defaultSite?.page === "redirect" ? defaultSite.url : (defaultSite?.page ?? "");
  return [
    ...redirections.flatMap(({ name, hosts: all, to, status }) => [
      { words: ["server_name", ...names(all)] },
      ...marked(name),
      { words: ["return", String(status), `${to.scheme}://${to.host}$request_uri`] },
    ]),
    ...notFound.flatMap(({ name, hosts: all }) => [
      { words: ["server_name", ...names(all)] },
      ...marked(name),
    ]),
    ...streams.flatMap(({ port, to }) => [
      { words: ["listen", String(port)] },
      { words: ["proxy_pass", `${to.address}:${to.port}`] },
    ]),
    { words: ["return", "301", site] },
  ];
}
