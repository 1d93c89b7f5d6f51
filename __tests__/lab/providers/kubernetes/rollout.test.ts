import type { JsonObject, KubernetesObjectLike } from "../../../../lab/kubernetes/contract";
import { milliseconds } from "../../../../lab/providers/kubernetes/duration";
import { fieldPath, writtenPath } from "../../../../lab/providers/kubernetes/field-path";
import { isRolledOut } from "../../../../lab/providers/kubernetes/manifest/rollout";

const done = { observedGeneration: 2, replicas: 2, updatedReplicas: 2, availableReplicas: 2 };
const rolling = { updateStrategy: { type: "RollingUpdate" } };

test.each<[string, string, JsonObject, JsonObject, boolean]>([
  ["a Deployment whose new pods answer", "Deployment", { replicas: 2 }, done, true],
  ["one nobody has looked at", "Deployment", { replicas: 2 }, { ...done, observedGeneration: 1 }, false],
  ["one with an old pod", "Deployment", { replicas: 2 }, { ...done, replicas: 3 }, false],
  ["one with too few new pods", "Deployment", { replicas: 2 }, { ...done, updatedReplicas: 1 }, false],
  [
    "one whose new pods do not answer",
    "Deployment",
    { replicas: 2 },
    { ...done, availableReplicas: 1 },
    false,
  ],
  [
    "a DaemonSet on every node",
    "DaemonSet",
    rolling,
    { observedGeneration: 2, desiredNumberScheduled: 3, updatedNumberScheduled: 3, numberAvailable: 3 },
    true,
  ],
  [
    "one that a node lacks",
    "DaemonSet",
    rolling,
    { observedGeneration: 2, desiredNumberScheduled: 3, updatedNumberScheduled: 3, numberAvailable: 2 },
    false,
  ],
  [
    "a StatefulSet of one revision",
    "StatefulSet",
    { ...rolling, replicas: 2 },
    { observedGeneration: 2, readyReplicas: 2, updateRevision: "b", currentRevision: "b" },
    true,
  ],
  [
    "one of two revisions",
    "StatefulSet",
    { ...rolling, replicas: 2 },
    { observedGeneration: 2, readyReplicas: 2, updateRevision: "b", currentRevision: "a" },
    false,
  ],
])("%s is rolled out or not", (_, kind, spec, status, isOver) => {
  expect(isRolledOut(workload(kind, spec, status))).toBe(isOver);
});

test("refuses to wait for a Deployment without hope, and for a kind without rollouts", () => {
  const conditions = [{ type: "Progressing", reason: "ProgressDeadlineExceeded" }];
  expect(() => isRolledOut(workload("Deployment", {}, { ...done, conditions }))).toThrow(
    'deployment "web" exceeded its progress deadline',
  );
  expect(() => isRolledOut(workload("Job", {}, done))).toThrow(
    "no status viewer has been implemented for Job",
  );
  const onDelete = { updateStrategy: { type: "OnDelete" } };
  expect(() => isRolledOut(workload("DaemonSet", onDelete, done))).toThrow(
    "rollout status is only available for RollingUpdate strategy type",
  );
});

test.each([
  ["10m", 600_000],
  ["1h30m", 5_400_000],
  ["1.5s", 1500],
  ["300ms", 300],
  ["10", undefined],
  ["", undefined],
])("%s is a duration of Go's or none", (text, expected) => {
  expect(milliseconds(text)).toBe(expected);
});

test("a path to a field names fields, elements and keys", () => {
  const text = 'spec.ports[0].annotations["a.b/c"]';
  expect(fieldPath(text)).toEqual(["spec", "ports", 0, "annotations", "a.b/c"]);
  expect(writtenPath(fieldPath(text) ?? [])).toBe(`.${text}`);
  expect(fieldPath("spec.*.x")).toBeUndefined();
});

function workload(kind: string, spec: JsonObject, status: JsonObject): KubernetesObjectLike {
  return { apiVersion: "apps/v1", kind, metadata: { name: "web", generation: 2 }, spec, status };
}
