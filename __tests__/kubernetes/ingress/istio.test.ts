import type { Backend, Policy, RouteRule } from "../../../config/model/routes";
import { istio } from "../../../kubernetes/ingress/istio";
import type { KubernetesObject } from "../../../kubernetes/object";
import { noCrds, refusalsOf } from "../crds";
import { backend, clusterOf, duration, exact, network, prefix, regex, route } from "./istio-and-nginx";
import { skipped } from "../../skipped";

test("a prefix is whole segments: the path itself, and what follows its slash", () => {
  const [service] = virtualServices(objectsOf([prefix("/a"), prefix("/")]));
  expect(httpOf(service).map(({ match }) => match)).toEqual([
    [{ uri: { exact: "/a" } }, { uri: { prefix: "/a/" } }],
    [{ uri: { prefix: "/" } }],
  ]);
});

test("rules of one host in two routes become one VirtualService, in the order in which they are tried", () => {
  const first = route(["a.com", "b.com"], [prefix("/"), prefix("/x")].toReversed());
  const second = route(["a.com"], [exact("/x/y"), prefix("/x/y/z")], "a-com-2");
  const cluster = clusterOf([first, second]);
  const services = virtualServices([first, second].flatMap((one) => istio.route(cluster, one)));
  expect(services.map(({ metadata, spec }) => [metadata.name, spec])).toMatchObject([
    [
      "a-com-with-a-com-2",
      {
        hosts: ["a.com"],
        http: [{ name: "x-y-exact" }, { name: "x-y-z" }, { name: "x" }, { name: "root" }],
      },
    ],
    ["a-com", { hosts: ["b.com"], http: [{ name: "x" }, { name: "root" }] }],
  ]);
});

test("only methods that may be sent twice are retried", () => {
  const retries = { attempts: 2, statuses: [503] };
  const posted: RouteRule = {
    ...prefix("/b", { retries }),
    condition: { headers: [], query: [], methods: ["GET", "POST"] },
  };
  const [service] = virtualServices(objectsOf([prefix("/a", { retries }), posted]));
  const entries = httpOf(service).map(({ match, retries: repeated }) => ({
    methods: match.map(({ method }) => method),
    repeated,
  }));
  const repeated = { attempts: 2, retryOn: "connect-failure,refused-stream,reset,503" };
  const safe = { regex: "GET|HEAD|OPTIONS|TRACE|PUT|DELETE" };
  expect(entries).toEqual([
    { methods: [safe, safe], repeated },
    { methods: [undefined, undefined], repeated: undefined },
    { methods: [{ exact: "GET" }, { exact: "GET" }], repeated },
    { methods: [{ exact: "POST" }, { exact: "POST" }], repeated: undefined },
  ]);
});

test.each([
  ["/a", "/x", { "/a": "/x", "/a/": "/x/", "/a/b": "/x/b" }],
  ["/a", "/", { "/a": "/", "/a/": "/", "/a/b": "/b" }],
  ["/", "/x", { "/": "/x/", "/b": "/x/b" }],
  ["/a.b", "/x", { "/a.b/c": "/x/c" }],
])("the prefix %s is replaced by %s", (path, value, rewritten) => {
  const [service] = virtualServices(objectsOf([prefix(path, { rewrite: { kind: "prefix", value } })]));
  const { match, rewrite } = httpOf(service)[0]?.rewrite?.uriRegexRewrite ?? { match: "", rewrite: "" };
  const results = Object.keys(rewritten).map((from) => [from, from.replace(new RegExp(match), rewrite)]);
  expect(Object.fromEntries(results)).toEqual(rewritten);
});

test("a websocket is cut by no timeout", () => {
  const timeouts = { request: duration("5s") };
  const made = objectsOf([prefix("/a", { timeouts }), prefix("/b", { timeouts, websocket: true })]);
  expect(httpOf(virtualServices(made)[0]).map(({ timeout }) => timeout)).toEqual(["5s", undefined]);
});

test("two routes that ask different things of one Service get them both", () => {
  const impatient = route(["a.com"], [prefix("/", { timeouts: { connect: duration("1s") } })]);
  const patient = route(
    ["b.com"],
    [prefix("/", { circuitBreaker: { failures: 3, pause: duration("30s") } })],
  );
  const cluster = clusterOf([impatient, patient]);
  const rules = [impatient, patient].flatMap((one) => kindOf("DestinationRule", istio.route(cluster, one)));
  expect(rules.map(({ metadata, spec }) => [metadata, spec])).toEqual([
    [
      { name: "a-com--hello", namespace: "shop" },
      {
        host: "hello.shop.svc.cluster.local",
        subsets: [
          { name: "a-com--root", trafficPolicy: { connectionPool: { tcp: { connectTimeout: "1s" } } } },
        ],
      },
    ],
    [
      { name: "b-com--hello", namespace: "shop" },
      {
        host: "hello.shop.svc.cluster.local",
        subsets: [
          {
            name: "b-com--root",
            trafficPolicy: {
              outlierDetection: {
                consecutive5xxErrors: 3,
                interval: "1s",
                baseEjectionTime: "30s",
                maxEjectionPercent: 100,
              },
            },
          },
        ],
      },
    ],
  ]);
});

test("every subset that a VirtualService names is in a DestinationRule of that host, in its Service's namespace", () => {
  const elsewhere = { ...backend("other", 40), namespace: "billing", protocol: "https" } as const;
  const rule: RouteRule = {
    ...prefix("/", {
      balance: "round-robin",
      mirror: { backend: { ...backend("copy"), protocol: "https" }, percent: 10 },
    }),
    action: { kind: "forward", backends: [backend("hello", 60), elsewhere] },
  };
  const made = objectsOf([rule]);
  const named = JSON.stringify(virtualServices(made)).match(/"host":"[^"]+","subset":"[^"]+"/g) ?? [];
  const defined = kindOf("DestinationRule", made).flatMap(({ metadata, spec }) =>
    JSON.stringify(spec)
      .match(/"name":"[^"]+"/g)
      ?.map((subset) => `${metadata.namespace ?? ""} ${JSON.stringify(spec)} ${subset}`),
  );
  expect(named).toHaveLength(3);
  for (const reference of named) {
    const [, host = "", subset = ""] = /"host":"([^"]+)","subset":"([^"]+)"/.exec(reference) ?? [];
    const namespace = host.split(".")[1] ?? "";
    expect(
      defined.filter(
        (one) => one?.startsWith(`${namespace} {"host":"${host}"`) && one.endsWith(`"${subset}"`),
      ),
    ).toHaveLength(1);
  }
});

test("a subset's name fits where it stands, however long the host", () => {
  const long = `${"a".repeat(60)}.${"b".repeat(60)}.com`;
  const [rule] = kindOf("DestinationRule", objectsOf([prefix("/", { balance: "round-robin" })], [long]));
  expect(JSON.stringify(rule?.["spec"])).toMatch(/"name":"[a-z0-9-]{63}"/);
});

test("a backend outside is resolved, named in TLS and in Host, and its certificate checked", () => {
  const host = "api.test";
  const outside: Backend = { ...backend("api"), port: 443, protocol: "https", externalHost: host };
  const rule: RouteRule = { ...prefix("/"), action: { kind: "forward", backends: [outside] } };
  const made = objectsOf([rule]);
  expect(kindOf("ServiceEntry", made)[0]?.["spec"]).toMatchObject({ hosts: [host], resolution: "DNS" });
  expect(kindOf("DestinationRule", made)[0]?.["spec"]).toMatchObject({
    host,
    subsets: [{ trafficPolicy: { tls: { mode: "SIMPLE", sni: host, subjectAltNames: [host] } } }],
  });
  expect(httpOf(virtualServices(made)[0])[0]).toMatchObject({
    route: [{ destination: { host, port: { number: 443 } }, headers: { request: { set: { Host: host } } } }],
  });
});

test("the second route to a backend outside makes no second ServiceEntry", () => {
  const outside: Backend = { ...backend("api"), externalHost: "api.test" };
  const rule: RouteRule = { ...prefix("/"), action: { kind: "forward", backends: [outside] } };
  const routes = [route(["a.com"], [rule]), route(["b.com"], [rule])];
  const made = routes.flatMap((one) => istio.route(clusterOf(routes), one));
  expect(kindOf("ServiceEntry", made)).toHaveLength(1);
});

test("the gateway takes the certificate from its own namespace, and the authority of visitors' certificates too", () => {
  const tls = {
    certificate: "a",
    secretName: "a-tls",
    minVersion: "1.3",
    redirect: true,
    clientAuthority: "staff",
  } as const;
  const one = { ...route(["a.com"], [prefix("/")]), tls };
  expect(istio.certificateNamespace(one)).toBe("istio-ingress");
  expect(kindOf("Gateway", istio.route(clusterOf([one]), one))[0]?.["spec"]).toEqual({
    selector: { istio: "ingress" },
    servers: [
      {
        port: { number: 80, name: "http", protocol: "HTTP" },
        hosts: ["a.com"],
        tls: { httpsRedirect: true },
      },
      {
        port: { number: 443, name: "https", protocol: "HTTPS" },
        hosts: ["a.com"],
        tls: {
          mode: "MUTUAL",
          credentialName: "a-tls",
          caCertCredentialName: "staff",
          minProtocolVersion: "TLSV1_3",
        },
      },
    ],
  });
});

const claim = "what it makes of everything that can be asked is valid by Istio's own definitions";
if (noCrds === undefined)
  test(claim, () => {
    const everything: Partial<Policy> = {
      rewrite: { kind: "full", value: "/x" },
      hostRewrite: "inside",
      headers: {
        request: { set: { "X-A": "1" }, remove: ["X-B"] },
        response: { set: {}, remove: ["Server"] },
      },
      mirror: { backend: backend("copy"), percent: 12.5 },
      retries: { attempts: 2, statuses: [503] },
      timeouts: { request: duration("1500ms"), connect: duration("2s") },
      circuitBreaker: { failures: 3, pause: duration("30s") },
      cors: {
        origins: ["https://a.com"],
        methods: ["GET"],
        headers: [],
        exposeHeaders: ["X-C"],
        credentials: true,
        maxAgeSeconds: 600,
      },
      allow: [network("10.0.0.0/8")],
      sticky: { cookie: "who" },
      hsts: { seconds: 31536000, subdomains: true, preload: false },
    };
    const redirect: RouteRule = {
      ...exact("/old"),
      action: {
        kind: "redirect",
        status: 308,
        scheme: "https",
        host: "b.com",
        port: 8443,
        path: { kind: "full", value: "/new" },
      },
    };
    const conditional: RouteRule = {
      ...prefix("/a", everything),
      condition: {
        headers: [{ name: "X-Canary", kind: "exact", value: "yes" }],
        query: [{ name: "v", kind: "regex", value: "[0-9]+" }],
        methods: ["GET"],
      },
    };
    const outside: RouteRule = {
      ...prefix("/out"),
      action: {
        kind: "forward",
        backends: [{ ...backend("api"), protocol: "https", externalHost: "api.test" }],
      },
    };
    const one = route(
      ["a.com"],
      [redirect, conditional, prefix("/a", everything), outside, regex("/[0-9]+")],
    );
    const unopened = { ...route(["b.com"], []), passthrough: backend("tls") };
    const cluster = clusterOf([one, unopened], { proxyProtocol: [network("10.9.0.0/24")] });
    const made = [one, unopened].flatMap((each) => istio.route(cluster, each));
    const shared = cluster.ingress === undefined ? [] : istio.shared(cluster, cluster.ingress);
    expect([...shared, ...made].flatMap(refusalsOf)).toEqual([]);
  });
else skipped(claim, noCrds);

function objectsOf(
  rules: readonly RouteRule[],
  hosts: readonly string[] = ["a.com"],
): readonly KubernetesObject[] {
  const one = route(hosts, rules);
  return istio.route(clusterOf([one]), one);
}

interface Http {
  readonly name: string;
  readonly match: readonly { readonly uri: unknown; readonly method?: unknown }[];
  readonly retries?: unknown;
  readonly timeout?: string;
  readonly rewrite?: { readonly uriRegexRewrite?: { readonly match: string; readonly rewrite: string } };
}

function kindOf(kind: string, objects: readonly KubernetesObject[]): KubernetesObject[] {
  return objects.filter((object) => object.kind === kind);
}

function virtualServices(objects: readonly KubernetesObject[]): KubernetesObject[] {
  return kindOf("VirtualService", objects);
}

function httpOf(service: KubernetesObject | undefined): readonly Http[] {
  const spec: { readonly http?: readonly Http[] } = JSON.parse(JSON.stringify(service?.["spec"] ?? {}));
  return spec.http ?? [];
}
