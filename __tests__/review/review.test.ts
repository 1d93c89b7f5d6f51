import { review } from "../../review/review";
import { changing, planOf } from "./plans";

const secret = "hunter2-Xk29sQ-and-more";

test("no sentence holds a secret, marked by Terraform or not", () => {
  const config = (value: string) => ({
    manifest: { kind: "ConfigMap", metadata: { name: "settings" }, data: { LOGIN: value } },
  });
  const plan = planOf([
    changing("random_password", "server-token", { after: { result: secret } }),
    changing("kubernetes_manifest", "config-map-settings_configmap_0A", {
      before: config("nobody"),
      after: config(secret),
    }),
  ]);
  const { findings } = review([plan]);
  const told = findings.map(({ sentence }) => sentence).join("\n");
  expect(told).toContain("data.LOGIN nobody → (secret: random_password.server-token)");
  expect(told).not.toContain(secret);
});

test("a pool that only moves addresses between its parts gives none up", () => {
  const pool = (name: string, ...addresses: string[]) => ({
    manifest: { kind: "IPAddressPool", metadata: { name }, spec: { addresses } },
  });
  const type = "kubernetes_manifest";
  const [whole, reserved] = [
    "pool-default_ipaddresspool_0A",
    "pool-default_ipaddresspool-default-reserved_0B",
  ];
  const moved = planOf([
    changing(type, whole, {
      before: pool("default", "192.168.0.241-192.168.0.250"),
      after: pool("default", "192.168.0.240-192.168.0.250"),
    }),
    changing(type, reserved, { before: pool("default-reserved", "192.168.0.240/32") }),
  ]);
  expect(review([moved]).headline.reachability).toBe("nothing that answers now stops");
  const gone = planOf([changing(type, reserved, { before: pool("default-reserved", "192.168.0.240/32") })]);
  expect(review([gone]).headline.reachability).toBe("stops for good: what has an address of 192.168.0.240");
});

test.each([
  [
    "HTTPRoute",
    { hostnames: ["a.test"], rules: [{ matches: [{ path: { value: "/x" } }] }] },
    { hostnames: ["a.test"], rules: [] },
  ],
  [
    "Ingress",
    { rules: [{ host: "a.test", http: { paths: [{ path: "/x" }] } }] },
    { rules: [{ host: "a.test" }] },
  ],
  [
    "VirtualService",
    { hosts: ["a.test"], http: [{ match: [{ uri: { prefix: "/x" } }] }] },
    { hosts: ["a.test"], http: [] },
  ],
])("a path that a route drops is told for %s", (kind, before, after) => {
  const object = (spec: object) => ({ manifest: { kind, metadata: { name: "a-test" }, spec: { ...spec } } });
  const change = changing("kubernetes_manifest", `route-a-test_${kind.toLowerCase()}_0A`, {
    before: JSON.parse(JSON.stringify(object(before))),
    after: JSON.parse(JSON.stringify(object(after))),
  });
  expect(review([planOf([change])]).headline.verdict).toBe("Look closely: a.test/x stops answering");
});

test("a stack that an edit left behind stands in the first lines", () => {
  const { headline } = review(
    [],
    {},
    { waiting: [], leftBehind: [{ stack: "home-edge", holds: ["main.test.com"] }] },
  );
  expect(headline.verdict).toBe("Look closely: home-edge is left behind");
  expect(headline.reachability).toBe("still answers, though no file has it: main.test.com");
});
