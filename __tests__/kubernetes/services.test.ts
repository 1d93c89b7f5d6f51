import type { BackendProtocol } from "../../config/model/services";
import { serviceObjects } from "../../kubernetes/services";
import { expectGolden } from "../golden-file";
import { ipv4 } from "./ingress/istio-and-nginx";
import { deployment, documents, exposure, job, onlyOf, service } from "./samples";

const plain = { name: "hello", namespace: "apps", labels: {}, annotations: {} };
const http = { name: "http", port: 80, targetPort: 8080, transport: "TCP", protocol: "http" } as const;

const shown = {
  "node-port": service(
    deployment(),
    exposure({ type: "NodePort", ports: [{ ...http, nodePort: 30080 }], externalTrafficPolicy: "Local" }),
  ),
  headless: service(deployment(), exposure({ type: "headless" })),
  "load-balancer-address": service(
    deployment(),
    exposure({ type: "LoadBalancer", address: ipv4("192.168.0.245"), pool: "default", share: "mail" }),
  ),
  "load-balancer-pool": service(
    deployment(),
    exposure({
      type: "LoadBalancer",
      pool: "outside",
      ports: [http, { name: "dns", port: 53, targetPort: 5353, transport: "UDP", protocol: "http" }],
    }),
  ),
  selecting: {
    kind: "selecting" as const,
    ...plain,
    selector: { tier: "web" },
    exposure: exposure({ ports: [http] }),
  },
  "external-name": {
    kind: "external" as const,
    ...plain,
    name: "navi",
    host: "apis-navi.kakaomobility.com",
    port: 443,
    protocol: "https" as const,
  },
};

test.each(Object.entries(shown))("%s is the Service that was reviewed", (name, each) => {
  expectGolden(`kubernetes/service-${name}.yaml`, documents(serviceObjects(each)));
});

test("a workload without ports has no Service", () => {
  expect(serviceObjects(service(deployment()))).toEqual([]);
});

test("an address says its pool by itself: MetalLB refuses it beside the pool that it was reserved from", () => {
  const [asked] = serviceObjects(shown["load-balancer-address"]);
  expect(Object.keys(asked?.metadata.annotations ?? {})).toEqual([
    "metallb.io/loadBalancerIPs",
    "metallb.io/allow-shared-ip",
  ]);
});

test("a Service in front of a Job selects its pods, which no selector of the Job's names", () => {
  const selecting = serviceObjects(service(job(), exposure()));
  expect(onlyOf(selecting, "Service")["spec"]).toMatchObject({
    selector: { "app.kubernetes.io/name": "hello" },
  });
});

test("a Service selects by what its workload selects by, never by a label that a rollout may change", () => {
  const labelled = deployment();
  const released = { ...labelled.pod, labels: { ...labelled.pod.labels, release: "2" } };
  const [object] = serviceObjects(service({ ...labelled, pod: released }, exposure()));
  expect(object?.["spec"]).toMatchObject({ selector: { "app.kubernetes.io/name": "hello" } });
  expect(JSON.stringify(object)).not.toContain("release");
});

/** What Traefik's Gateway, Istio and Gateway API all know; of `grpc` Traefik says "unsupported application protocol". */
const known: readonly (readonly [BackendProtocol, string])[] = [
  ["http", "http"],
  ["https", "https"],
  ["h2c", "kubernetes.io/h2c"],
  ["grpc", "kubernetes.io/h2c"],
];

test.each(known)("a port that speaks %s says so in words that every engine reads", (protocol, said) => {
  const [object] = serviceObjects(
    service(deployment(), exposure({ ports: [{ ...http, protocol, transport: "TCP" }] })),
  );
  expect(object?.["spec"]).toMatchObject({ ports: [{ appProtocol: said }] });
});
