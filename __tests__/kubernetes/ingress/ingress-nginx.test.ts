import type { RouteRule } from "../../../config/model/routes";
import { ingressNginx } from "../../../kubernetes/ingress/ingress-nginx";
import type { KubernetesObject } from "../../../kubernetes/object";
import { backend, clusterOf, duration, exact, network, prefix, regex, route } from "./istio-and-nginx";

test("each rule has an Ingress of its own, because annotations hold for all of one", () => {
  const made = objectsOf([prefix("/a", { maxConcurrent: 3 }), prefix("/")]);
  expect(made.map(({ metadata }) => metadata)).toEqual([
    { name: "a-com--a", namespace: "shop", annotations: { [`${nginx}limit-connections`]: "3" } },
    { name: "a-com--root", namespace: "shop" },
  ]);
});

test("paths stay plain where nothing on the host is regular or rewritten", () => {
  expect(pathsOf(objectsOf([exact("/a"), prefix("/a"), prefix("/")]))).toEqual([
    ["/a", "Exact"],
    ["/a", "Prefix"],
    ["/", "Prefix"],
  ]);
});

test("a path that the controller refuses to take plain becomes an expression", () => {
  expect(pathsOf(objectsOf([prefix("/~user")]))).toEqual([["/(?-i)~user(/.*)?$", "ImplementationSpecific"]]);
});

test("a rewrite in another route of the host turns this route's paths into expressions too, and no other host's", () => {
  const rewritten = route(["a.com"], [prefix("/x", { rewrite: { kind: "prefix", value: "/" } })]);
  const same = route(["a.com", "b.com"], [prefix("/y")], "a-com-2");
  const linked = route(["b.com"], [prefix("/z")]);
  const other = route(["c.com"], [prefix("/y")]);
  const cluster = clusterOf([rewritten, same, linked, other]);
  const types = [rewritten, same, linked, other].flatMap((one) => pathsOf(ingressNginx.route(cluster, one)));
  expect(types).toEqual([
    ["/(?-i)x(?:/(.*))?$", "ImplementationSpecific"],
    ["/(?-i)y(/.*)?$", "ImplementationSpecific"],
    ["/(?-i)z(/.*)?$", "ImplementationSpecific"],
    ["/y", "Prefix"],
  ]);
});

test.each([
  ["/a", "/x", { "/a": "/x", "/a/": "/x/", "/a/b": "/x/b" }],
  ["/a", "/", { "/a": "/", "/a/": "/", "/a/b": "/b" }],
  ["/", "/x", { "/": "/x/", "/b": "/x/b" }],
  ["/", "/x/", { "/": "/x/", "/b": "/x/b" }],
])("the prefix %s is replaced by %s", (path, value, rewritten) => {
  const [made] = objectsOf([prefix(path, { rewrite: { kind: "prefix", value } })]);
  const target = made?.metadata.annotations?.[`${nginx}rewrite-target`] ?? "";
  const [[text = ""] = []] = pathsOf(made ? [made] : []);
  const results = Object.keys(rewritten).map((from) => {
    const captured = new RegExp(`^${text.replace("(?-i)", "")}`).exec(from);
    return [from, target.replace("$1", captured?.[1] ?? "")];
  });
  expect(Object.fromEntries(results)).toEqual(rewritten);
});

test("an exact path and a whole path are rewritten to the text alone", () => {
  const made = objectsOf([
    exact("/a", { rewrite: { kind: "prefix", value: "/x" } }),
    regex("/[0-9]+", { rewrite: { kind: "full", value: "/number" } }),
  ]);
  expect(made.map(({ metadata }) => metadata.annotations?.[`${nginx}rewrite-target`])).toEqual([
    "/x",
    "/number",
  ]);
});

describe("a canary", () => {
  const shared = { name: "a-com--root--canary", namespace: "shop" };

  test("by weight leads the second service's share to it", () => {
    const rule: RouteRule = {
      ...prefix("/"),
      action: { kind: "forward", backends: [backend("stable", 90), backend("canary", 10)] },
    };
    const [main, canary] = objectsOf([rule]);
    expect(JSON.stringify(main)).toContain('"name":"stable"');
    expect(JSON.stringify(canary)).toContain('"name":"canary"');
    expect(canary?.metadata).toEqual({
      ...shared,
      annotations: { [`${nginx}canary`]: "true", [`${nginx}canary-weight`]: "10" },
    });
  });

  test("by header and by weight is one Ingress, and asks the header first", () => {
    const headed: RouteRule = {
      ...prefix("/", {}, "canary"),
      name: "root-when-1",
      condition: {
        headers: [{ name: "X-Canary", kind: "exact", value: "yes" }],
        query: [],
        methods: [],
      },
    };
    const weighted: RouteRule = {
      ...prefix("/"),
      action: { kind: "forward", backends: [backend("stable", 90), backend("canary", 10)] },
    };
    const made = objectsOf([headed, weighted]);
    expect(made).toHaveLength(2);
    expect(made[1]?.metadata).toEqual({
      ...shared,
      annotations: {
        [`${nginx}canary`]: "true",
        [`${nginx}canary-by-header`]: "X-Canary",
        [`${nginx}canary-by-header-value`]: "yes",
        [`${nginx}canary-weight`]: "10",
      },
    });
  });
});

test("retries count the first attempt, and end with the request's time", () => {
  const [made] = objectsOf([
    prefix("/", {
      retries: { attempts: 2, statuses: [503] },
      timeouts: { request: duration("1500ms"), connect: duration("900ms") },
    }),
  ]);
  expect(made?.metadata.annotations).toEqual({
    [`${nginx}proxy-connect-timeout`]: "1",
    [`${nginx}proxy-read-timeout`]: "2",
    [`${nginx}proxy-send-timeout`]: "2",
    [`${nginx}proxy-next-upstream-timeout`]: "2",
    [`${nginx}proxy-next-upstream`]: "error timeout http_503",
    [`${nginx}proxy-next-upstream-tries`]: "3",
  });
});

test("annotations pass the controller's own checks, which drop what they do not take", () => {
  const [made] = objectsOf([
    prefix("/", {
      allow: [network("10.0.0.0/8"), network("192.168.0.0/24")],
      basicAuth: { secret: "users", realm: "Staff only" },
      externalAuth: { backend: backend("auth"), path: "/check", responseHeaders: ["X-User", "X-Mail"] },
      mirror: { backend: backend("copy"), percent: 100 },
      rateLimit: { requests: 10, per: "minute", burst: 50 },
      cors: {
        origins: ["https://a.com", "https://*.b.com"],
        methods: ["GET", "POST"],
        headers: [],
        exposeHeaders: [],
        credentials: false,
        maxAgeSeconds: 600,
      },
      sticky: { cookie: "who", seconds: 60 },
      hostRewrite: "inside.test",
      maxBodyBytes: 1048576,
    }),
  ]);
  const annotations = Object.entries(made?.metadata.annotations ?? {});
  expect(annotations.length).toBeGreaterThan(20);
  for (const [name, value] of annotations) {
    expect([name, value]).toEqual([name, expect.stringMatching(checks[name.replace(nginx, "")] ?? /^$/)]);
  }
});

test("TLS that is passed through has no rules, and its host nothing else", () => {
  const one = { ...route(["a.com"], []), passthrough: backend("tls") };
  const [made, ...more] = ingressNginx.route(clusterOf([one]), one);
  expect(more).toEqual([]);
  expect(made?.metadata).toMatchObject({
    name: "a-com",
    annotations: { [`${nginx}ssl-passthrough`]: "true" },
  });
});

const nginx = "nginx.ingress.kubernetes.io/";

const integer = /^\d+$/;
const basic = /^[-._~a-zA-Z0-9/:]*$/;
const serverName = /^[-._~a-zA-Z0-9/:^$[\](){}*+?|&=\\]*$/;
/** checks of controller v1.15.1 by annotation. @see internal/ingress/annotations of kubernetes/ingress-nginx */
const checks: Readonly<Record<string, RegExp>> = {
  "whitelist-source-range": /^[\d./]+(,[\d./]+)*$/,
  "auth-type": /^basic$/,
  "auth-secret": basic,
  "auth-realm": /^[-._~a-zA-Z0-9/: ]*$/,
  "auth-url": /^[-._~a-zA-Z0-9/:, ?&=$]*$/,
  "auth-response-headers": /^[-A-Za-z0-9_, ]*$/,
  "mirror-target": serverName,
  "mirror-host": serverName,
  "limit-rpm": integer,
  "limit-burst-multiplier": /^5$/,
  "enable-cors": /^true$/,
  "cors-allow-origin": /^([a-z]+:\/\/(\*\.)?[A-Za-z0-9\-.]*(:\d+)?,?)+$/,
  "cors-allow-methods": /^([A-Za-z]+,?\s?)+$/,
  "cors-allow-headers": /^[-A-Za-z0-9_, ]+$/,
  "cors-allow-credentials": /^false$/,
  "cors-max-age": integer,
  affinity: /^cookie$/,
  "affinity-mode": /^(balanced|persistent)$/,
  "session-cookie-name": basic,
  "session-cookie-path": basic,
  "session-cookie-max-age": integer,
  "upstream-vhost": serverName,
  "proxy-body-size": /^\d+[bkmg]?$/i,
};

function objectsOf(rules: readonly RouteRule[]): readonly KubernetesObject[] {
  const one = route(["a.com"], rules);
  return ingressNginx.route(clusterOf([one]), one);
}

function pathsOf(objects: readonly KubernetesObject[]): readonly (readonly string[])[] {
  return objects.map((object) => {
    const [, path = "", pathType = ""] =
      /"path":("(?:[^"\\]|\\.)*"),"pathType":"(\w+)"/.exec(JSON.stringify(object)) ?? [];
    return [String(JSON.parse(path)), pathType];
  });
}
