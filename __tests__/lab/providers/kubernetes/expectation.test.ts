import { differencesOf } from "../../../../lab/providers/kubernetes/manifest/difference";
import {
  expectationOf,
  payloadOf,
  type Manifests,
} from "../../../../lab/providers/kubernetes/manifest/expectation";
import type { Attributes } from "../../../../lab/providers/protocol/value";

const labels = [["metadata", "labels"]];

test("a new object is sent as its manifest, and the API may add fields but no map's keys", () => {
  const now = { spec: { replicas: 2, template: { nodeSelector: { zone: "a" } } } };
  expect(sent({ now })).toEqual(now);
  expect(differences({ now }, { spec: { ...now.spec, paused: false }, extra: 1 })).toEqual([]);
  const moved = { replicas: 3, template: { nodeSelector: { zone: "a", disk: "ssd" } } };
  expect(differences({ now }, { spec: moved })).toEqual([
    ".object.spec.replicas: was cty.NumberIntVal(2), but now cty.NumberIntVal(3)",
    '.object.spec.template.nodeSelector: new element "disk" has appeared',
  ]);
});

test("an update sends what the API had defaulted, and expects it unchanged", () => {
  const was = { spec: { type: "ClusterIP", ports: [{ port: 80 }] } };
  const before = {
    spec: { type: "ClusterIP", ports: [{ port: 80, protocol: "TCP" }], clusterIP: "10.43.0.7" },
  };
  const now = { spec: { type: "LoadBalancer", ports: [{ port: 81 }, { port: 443 }] } };
  expect(sent({ now, was, before })).toEqual({
    spec: {
      type: "LoadBalancer",
      ports: [{ port: 81, protocol: "TCP" }, { port: 443 }],
      clusterIP: "10.43.0.7",
    },
  });
  const after = {
    spec: {
      type: "LoadBalancer",
      clusterIP: "10.43.0.7",
      ports: [
        { port: 81, protocol: "TCP", nodePort: 30001 },
        { port: 443, protocol: "TCP", nodePort: 30002 },
      ],
      allocateLoadBalancerNodePorts: true,
    },
  };
  expect(differences({ now, was, before }, after)).toEqual([
    ".object.spec.ports[0].nodePort: was null, but now cty.NumberIntVal(30001)",
    ".object.spec.allocateLoadBalancerNodePorts: was null, but now cty.True",
  ]);
});

test("a field that the manifest no longer says is not sent, and becomes what the API makes of it", () => {
  const was = { spec: { replicas: 3, strategy: { type: "Recreate" } } };
  const before = { spec: { replicas: 3, strategy: { type: "Recreate", other: 1 } } };
  const now = { spec: { replicas: 3 } };
  expect(sent({ now, was, before })).toEqual({ spec: { replicas: 3, strategy: { other: 1 } } });
  const after = { spec: { replicas: 3, strategy: { type: "RollingUpdate", other: 1 } } };
  expect(differences({ now, was, before }, after)).toEqual([]);
});

test("a computed field that changes is sent as it is said, and may become anything", () => {
  const was = { metadata: { labels: { a: "1" } } };
  const before = { metadata: { labels: { a: "1", added: "x" } } };
  const now = { metadata: { labels: { a: "2" } } };
  expect(sent({ now, was, before })).toEqual(now);
  expect(differences({ now, was, before }, { metadata: { labels: { b: "3" } } })).toEqual([]);
});

test("a computed field that stays is sent and expected as it is", () => {
  const was = { metadata: { labels: { a: "1" } } };
  const before = { metadata: { labels: { a: "1", added: "x" } } };
  expect(sent({ now: was, was, before })).toEqual(before);
  expect(differences({ now: was, was, before }, was)).toEqual([
    '.object.metadata.labels: element "added" has vanished',
  ]);
});

test("a list is longer, shorter or none at all", () => {
  const now = { hosts: ["a", "b"] };
  expect(differences({ now }, { hosts: ["a", "b", "c"] })).toEqual([
    ".object.hosts: new element 2 has appeared",
  ]);
  expect(differences({ now }, { hosts: ["a"] })).toEqual([".object.hosts: element 1 has vanished"]);
  expect(differences({ now }, {})).toEqual([".object.hosts: was cty.TupleVal([]), but now null"]);
});

test("an object without fields is none, and fields that are null are not sent", () => {
  const now = { spec: { emptyDir: {}, nothing: null, list: [null, { a: null, b: 1 }] } };
  expect(sent({ now })).toEqual({ spec: { emptyDir: {}, list: [{ b: 1 }] } });
  expect(differences({ now }, { spec: { list: [{}, { b: 1 }] } })).toEqual([]);
});

function sent(manifests: Manifests): unknown {
  return payloadOf(expectationOf(manifests, labels), manifests.now);
}

function differences(manifests: Manifests, after: Attributes): readonly string[] {
  return differencesOf(expectationOf(manifests, labels), after);
}
