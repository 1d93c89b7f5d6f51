import { istio } from "../../../kubernetes/ingress/istio";
import type { KubernetesObject } from "../../../kubernetes/object";
import { backend, clusterOf, exact, ipv4, network, prefix, route } from "./istio-and-nginx";

const allow = [network("10.1.0.0/16")];

test("an allow-list leaves out longer paths that have rules of their own", () => {
  const one = route(
    ["a.com"],
    [exact("/a/exact"), prefix("/a/open"), prefix("/ab"), prefix("/a", { allow })],
  );
  const list = policyOf(istio.route(clusterOf([one]), one));
  expect(list?.metadata.namespace).toBe("istio-ingress");
  expect(list?.["spec"]).toEqual({
    selector: { matchLabels: { istio: "ingress" } },
    action: "DENY",
    rules: [
      {
        from: [{ source: { notRemoteIpBlocks: ["10.1.0.0/16"] } }],
        to: [
          {
            operation: {
              hosts: ["a.com", "a.com:*"],
              paths: ["/a", "/a/*"],
              notPaths: ["/a/exact", "/a/open", "/a/open/*"],
            },
          },
        ],
      },
    ],
  });
});

test("an allow-list is not opened by a header: whoever is no trusted proxy has to come from the list itself", () => {
  const one = route(["a.com"], [prefix("/", { allow })]);
  const cluster = clusterOf([one], { trusts: [ipv4("192.168.0.100")] });
  const list = policyOf(istio.route(cluster, one));
  expect(list?.["spec"]).toMatchObject({
    rules: [
      {
        from: [
          { source: { notRemoteIpBlocks: ["10.1.0.0/16"] } },
          { source: { notIpBlocks: ["192.168.0.100", "10.1.0.0/16"] } },
        ],
      },
    ],
  });
});

test("an allow-list of a wildcard holds for its hosts with any port: it says only which hosts it is not for", () => {
  const wild = route(["*.a.com"], [prefix("/", { allow })]);
  const cluster = clusterOf([wild, route(["main.a.com"], [prefix("/")])]);
  const list = policyOf(istio.route(cluster, wild));
  expect(list?.["spec"]).toMatchObject({
    rules: [{ to: [{ operation: { notHosts: ["main.a.com", "main.a.com:*"], paths: ["/*"] } }] }],
  });
});

test("an allow-list does not shut connections that are passed through unopened", () => {
  const one = route(["a.com"], [prefix("/", { allow })]);
  const unopened = { ...route(["b.com"], []), passthrough: backend("tls") };
  const list = policyOf(istio.route(clusterOf([one, unopened]), one));
  expect(list?.["spec"]).toMatchObject({
    rules: [{ when: [{ key: "connection.sni", notValues: ["b.com"] }] }],
  });
});

function policyOf(objects: readonly KubernetesObject[]): KubernetesObject | undefined {
  return objects.find(({ kind }) => kind === "AuthorizationPolicy");
}
