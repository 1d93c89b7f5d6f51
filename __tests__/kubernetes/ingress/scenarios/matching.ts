import type { Condition, RouteRule } from "../../../../config/model/routes";
import { backend, clusterOf, exact, prefix, regex, route } from "../istio-and-nginx";
import { oneRule, plain, policy, type Scenario } from "./scenario";

/** matching: which requests a rule takes, and where it sends them. */
export const matching = {
  host: {
    without: plain,
    with: clusterOf([route(["main.test.com", "*.shop.test.com"], [prefix("/hello")])]),
    carries: ["shop"],
  },
  "path-prefix": {
    without: oneRule(prefix("/")),
    with: oneRule(prefix("/docs"), prefix("/")),
    carries: ["/docs"],
  },
  "path-exact": { without: plain, with: oneRule(exact("/health"), prefix("/hello")), carries: ["/health"] },
  "path-regex": { without: plain, with: oneRule(regex("/items/[0-9]+")), carries: ["/items/[0-9]+"] },
  condition: {
    without: plain,
    with: oneRule(
      when({
        headers: [{ name: "X-Version", kind: "regex", value: "v[0-9]" }],
        query: [{ name: "debug", kind: "exact", value: "verbose" }],
        methods: ["GET", "PUT"],
      }),
      prefix("/hello"),
    ),
    carries: ["X-Version", "v[0-9]", "debug", "verbose", "GET", "PUT"],
  },
  order: {
    without: oneRule(prefix("/a")),
    with: oneRule(exact("/a/b/c"), prefix("/a/b"), prefix("/a")),
    carries: ["/a/b/c", "/a/b"],
  },
  "entry-points": {
    without: clusterOf([{ ...route(["main.test.com"], [prefix("/hello")]), tls: tls(true) }]),
    with: clusterOf([{ ...route(["main.test.com"], [prefix("/hello")]), tls: tls(false) }]),
    carries: ["main.test.com"],
  },
  "canary-weight": {
    without: plain,
    with: oneRule(forward([backend("hello", 90), backend("hello-next", 10)])),
    carries: ["hello-next", "10"],
  },
  "canary-header": {
    without: plain,
    with: oneRule(
      {
        ...when({
          headers: [{ name: "X-Canary", kind: "exact", value: "always" }],
          query: [],
          methods: [],
        }),
        action: { kind: "forward", backends: [backend("hello-next")] },
      },
      prefix("/hello"),
    ),
    carries: ["hello-next", "X-Canary", "always"],
  },
  redirect: redirectTo("full"),
  "redirect-prefix": redirectTo("prefix"),
  rewrite: policy({ rewrite: { kind: "prefix", value: "/v2" } }, ["/v2"]),
  "host-rewrite": policy({ hostRewrite: "inside.test.com" }, ["inside.test.com"]),
  class: {
    with: plain,
    carries: ["traefik"],
    on: {
      istio: ["istio: ingress"],
      "gateway-api/istio": ["gatewayClassName: istio"],
      "ingress-nginx": ["nginx"],
    },
  },
} as const satisfies Record<string, Scenario>;

function redirectTo(kind: "full" | "prefix"): Scenario {
  const path = { kind, value: "/greetings" };
  const action = { kind: "redirect", status: 301, host: "new.test.com", path } as const;
  return {
    without: plain,
    with: oneRule({ ...prefix("/hello"), action }),
    carries: ["new.test.com", "/greetings"],
  };
}

function when(condition: Condition): RouteRule {
  return { ...prefix("/hello"), name: "hello-when-1", condition };
}

function forward(backends: readonly ReturnType<typeof backend>[]): RouteRule {
  return { ...prefix("/hello"), action: { kind: "forward", backends } };
}

function tls(redirect: boolean) {
  return { certificate: "test.com", secretName: "test-com-tls", minVersion: "1.2", redirect } as const;
}
