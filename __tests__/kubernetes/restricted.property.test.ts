import fc from "fast-check";
import type { KubernetesObject } from "../../kubernetes/object";
import { workloadObjects } from "../../kubernetes/workloads";
import { anyService, inputs } from "./arbitrary-services";
import { podSpecs } from "./pod-specs";
import { violationsOf } from "./restricted";
import { container, deployment, noInputs, pod, service } from "./samples";

test("every pod of every workload passes the restricted Pod Security Standard", () => {
  fc.assert(
    fc.property(anyService, (any) => {
      const specs = podSpecs(workloadObjects(any, inputs));
      expect(specs).toHaveLength(1);
      expect(specs.flatMap(violationsOf)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test("no pod gets a token of the API server", () => {
  fc.assert(
    fc.property(anyService, (any) => {
      expect(podSpecs(workloadObjects(any, inputs))).toEqual([
        expect.objectContaining({ automountServiceAccountToken: false }),
      ]);
    }),
  );
});

test("a container's root is read-only unless it says otherwise, and stays restricted then", () => {
  const writable = workloadObjects(
    service(deployment({ pod: pod({ containers: [container({ writableRoot: true })] }) })),
    noInputs,
  );
  const [spec] = podSpecs(writable);
  expect(violationsOf(spec)).toEqual([]);
  expect(spec).toMatchObject({ containers: [{ securityContext: { readOnlyRootFilesystem: false } }] });
  expect(podSpecs(workloadObjects(service(deployment()), noInputs))).toMatchObject([
    { containers: [{ securityContext: { readOnlyRootFilesystem: true } }] },
  ]);
});

const mistakes: readonly (readonly [string, (spec: Spec) => object])[] = [
  ["host namespaces", (spec) => ({ ...spec, hostNetwork: true })],
  ["volume types", (spec) => ({ ...spec, volumes: [{ name: "host", hostPath: { path: "/" } }] })],
  ["sysctls", (spec) => ({ ...spec, securityContext: { ...spec.securityContext, sysctls: [{}] } })],
  [
    "running as non-root",
    (spec) => ({ ...spec, securityContext: { ...spec.securityContext, runAsNonRoot: undefined } }),
  ],
  [
    "running as non-root user",
    (spec) => ({ ...spec, securityContext: { ...spec.securityContext, runAsUser: 0 } }),
  ],
  [
    "seccomp",
    (spec) => ({ ...spec, securityContext: { ...spec.securityContext, seccompProfile: undefined } }),
  ],
  ["privileged containers", (spec) => inContainer(spec, { privileged: true })],
  ["privilege escalation", (spec) => inContainer(spec, { allowPrivilegeEscalation: undefined })],
  ["capabilities: drop ALL", (spec) => inContainer(spec, { capabilities: undefined })],
  ["capabilities: add", (spec) => inContainer(spec, { capabilities: { drop: ["ALL"], add: ["NET_RAW"] } })],
  ["seccomp", (spec) => inContainer(spec, { seccompProfile: { type: "Unconfined" } })],
  ["/proc mount type", (spec) => inContainer(spec, { procMount: "Unmasked" })],
  ["host ports", (spec) => ({ ...spec, containers: [{ ...spec.containers[0], ports: [{ hostPort: 80 }] }] })],
  [
    "host probes and lifecycle hooks",
    (spec) => ({
      ...spec,
      containers: [{ ...spec.containers[0], livenessProbe: { tcpSocket: { host: "10.0.0.1" } } }],
    }),
  ],
];

test.each(mistakes)("refuses a pod that breaks: %s", (control, broken) => {
  const [spec] = podSpecs(workloadObjects(service(deployment()), noInputs));
  if (spec === undefined) throw new Error("a Deployment has a pod");
  expect(violationsOf(broken(spec))).toContain(control);
});

type Spec = ReturnType<typeof podSpecs>[number];

function inContainer(spec: Spec, securityContext: Record<string, KubernetesObject["spec"]>): object {
  const [first, ...others] = spec.containers;
  return {
    ...spec,
    containers: [{ ...first, securityContext: { ...first?.securityContext, ...securityContext } }, ...others],
  };
}
