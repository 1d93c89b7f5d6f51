import { istioCarrier } from "../../../kubernetes/ingress/gateway-api/istio-carrier";
import { noCrds, refusalsOf } from "../crds";
import { backend, clusterOf, duration, network, plainIngress, prefix, route } from "./istio-and-nginx";
import { skipped } from "../../skipped";

test("what istiod makes of the Gateway gets the address, keeps visitors' own and survives a drain", () => {
  const [parameters] = istioCarrier.shared(clusterOf([]), plainIngress);
  expect(istioCarrier.infrastructure(plainIngress)).toEqual({
    annotations: {
      "metallb.io/loadBalancerIPs": "192.168.0.240",
    },
    parametersRef: { group: "", kind: "ConfigMap", name: parameters?.metadata.name },
  });
  expect(parameters).toMatchObject({
    kind: "ConfigMap",
    metadata: { namespace: istioCarrier.gateway.namespace },
    data: {
      service: '{"spec":{"externalTrafficPolicy":"Local"}}',
      podDisruptionBudget: '{"spec":{"maxUnavailable":1}}',
    },
  });
});

test("one pod alone has no budget, which would hold every drain", () => {
  const [parameters] = istioCarrier.shared(clusterOf([]), { ...plainIngress, replicas: 1 });
  expect(parameters?.["data"]).not.toHaveProperty("podDisruptionBudget");
});

test("a Service has one DestinationRule, made by the first route that asks something of it", () => {
  const plain = route(["a.com"], [prefix("/")]);
  const asking = route(["b.com"], [prefix("/", { sticky: { cookie: "who", seconds: 60 } })]);
  const again = route(["c.com"], [prefix("/", { sticky: { cookie: "who", seconds: 60 } })]);
  const cluster = clusterOf([plain, asking, again]);
  const made = [plain, asking, again].map((one) => istioCarrier.objects(cluster, one));
  const consistentHash = { httpCookie: { name: "who", path: "/", ttl: "60s" } };
  expect(made).toEqual([
    [],
    [
      {
        apiVersion: "networking.istio.io/v1",
        kind: "DestinationRule",
        metadata: { name: "hello", namespace: "shop" },
        spec: {
          host: "hello.shop.svc.cluster.local",
          trafficPolicy: {
            portLevelSettings: [{ port: { number: 8080 }, loadBalancer: { consistentHash } }],
          },
        },
      },
    ],
    [],
  ]);
});

test("a Service that speaks HTTPS is spoken to by HTTPS, also where nothing else is asked", () => {
  const one = route(["a.com"], [prefix("/")]);
  const [rule] = one.rules;
  const spoken = { ...backend("hello"), protocol: "https" } as const;
  const encrypted = {
    ...one,
    rules: rule ? [{ ...rule, action: { kind: "forward", backends: [spoken] } as const }] : [],
  };
  expect(istioCarrier.objects(clusterOf([encrypted]), encrypted)).toMatchObject([
    { spec: { trafficPolicy: { portLevelSettings: [{ port: { number: 8080 }, tls: { mode: "SIMPLE" } }] } } },
  ]);
});

test("an allow-list is bound to the Gateway", () => {
  const one = route(["a.com"], [prefix("/", { allow: [network("10.0.0.0/8")] })]);
  const [list] = istioCarrier.objects(clusterOf([one]), one);
  const { name, namespace } = istioCarrier.gateway;
  expect(list).toMatchObject({
    kind: "AuthorizationPolicy",
    metadata: { namespace },
    spec: { targetRefs: [{ group: "gateway.networking.k8s.io", kind: "Gateway", name }] },
  });
});

const claim = "Istio's own objects beside HTTPRoute are valid by its definitions";
if (noCrds === undefined)
  test(claim, () => {
    const one = route(
      ["a.com"],
      [
        prefix("/", {
          timeouts: { connect: duration("2s") },
          circuitBreaker: { failures: 3, pause: duration("30s") },
          balance: "least-request",
          allow: [network("10.0.0.0/8")],
        }),
      ],
    );
    const ingress = { ...plainIngress, proxyProtocol: [network("10.9.0.0/24")] };
    const made = [
      ...istioCarrier.shared(clusterOf([one]), ingress),
      ...istioCarrier.objects(clusterOf([one]), one),
    ];
    const ours = made.filter(({ kind }) => kind !== "ConfigMap");
    expect(ours.map(({ kind }) => kind)).toEqual([
      "EnvoyFilter",
      "AuthorizationPolicy",
      "DestinationRule",
      "AuthorizationPolicy",
    ]);
    expect(ours.flatMap(refusalsOf)).toEqual([]);
  });
else skipped(claim, noCrds);
