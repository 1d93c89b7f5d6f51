import { z } from "zod";
import { audit } from "../../cloud-init/steps/audit";
import { serverHardening, kernelDefaults } from "../../cloud-init/steps/hardening";
import { storage } from "../../cloud-init/steps/storage";
import type { Step } from "../../cloud-init/document";
import type { Cluster } from "../../config/model";
import ha from "../../examples/ha";
import { clusterOf, examples } from "./clusters";
import { readYaml } from "./read-document";

const policy = z.object({
  rules: z.array(
    z.object({
      level: z.string(),
      users: z.array(z.string()).optional(),
      userGroups: z.array(z.string()).optional(),
      verbs: z.array(z.string()).optional(),
      nonResourceURLs: z.array(z.string()).optional(),
      resources: z
        .array(z.object({ group: z.string(), resources: z.array(z.string()).optional() }))
        .optional(),
    }),
  ),
});
type Rule = z.output<typeof policy>["rules"][number];

function example(name: string): Cluster {
  const cluster = examples[name];
  if (cluster === undefined) throw new Error(`no example ${name}`);
  return cluster;
}

function contentOf(step: Step, path: string): string {
  const file = step.files?.find((each) => each.path === path);
  if (file === undefined || !("content" in file)) throw new Error(`no ${path}`);
  return file.content;
}

/** levelOf a request by a person, as the API server decides: the first rule that fits. */
function levelOf(level: "metadata" | "request", verb: string, group: string, resource: string): string {
  const step = audit({ ...example("hardened").rke2, audit: level });
  const { rules } = policy.parse(readYaml(contentOf(step, "/etc/rancher/rke2/audit-policy.yaml")));
  const fits = (rule: Rule): boolean =>
    rule.users === undefined &&
    rule.userGroups === undefined &&
    rule.nonResourceURLs === undefined &&
    (rule.verbs?.includes(verb) ?? true) &&
    (rule.resources?.some((each) => each.group === group && (each.resources?.includes(resource) ?? true)) ??
      true);
  return rules.find(fits)?.level ?? "None";
}

test.each([
  ["", "secrets"],
  ["", "configmaps"],
  ["", "serviceaccounts/token"],
  ["authentication.k8s.io", "tokenreviews"],
])("content of %s %s is in no audit log", (group, resource) => {
  for (const level of ["metadata", "request"] as const)
    for (const verb of ["get", "list", "create", "update", "patch"])
      expect(levelOf(level, verb, group, resource)).toBe("Metadata");
});

test("with audit request a change is written with what was asked, a look without", () => {
  expect(levelOf("request", "create", "apps", "deployments")).toBe("Request");
  expect(levelOf("request", "list", "apps", "deployments")).toBe("Metadata");
  expect(levelOf("metadata", "create", "apps", "deployments")).toBe("Metadata");
});

test("leases and events are left out", () => {
  expect(levelOf("request", "update", "coordination.k8s.io", "leases")).toBe("None");
  expect(levelOf("request", "create", "", "events")).toBe("None");
});

test("without profile and audit nothing is written", () => {
  const { rke2 } = example("home");
  expect([audit(rke2), kernelDefaults(rke2), serverHardening(rke2)]).toEqual([{}, {}, {}]);
});

test("with profile cis the kernel is set before RKE2 starts, and again at every boot", () => {
  const step = kernelDefaults(example("hardened").rke2);
  const file = "/etc/sysctl.d/60-rke2-cis.conf";
  expect(contentOf(step, file).split("\n").sort()).toEqual([
    "",
    "kernel.panic = 10",
    "kernel.panic_on_oops = 1",
    "vm.overcommit_memory = 1",
    "vm.panic_on_oom = 0",
  ]);
  expect(step.commands).toEqual([["sysctl", "--load", file]]);
});

test("Longhorn's packages are on workers, tainted or not, and on servers that take pods", () => {
  const nodes = (cluster: Cluster) => [...cluster.servers, ...cluster.workers];
  const withPackages = (cluster: Cluster): string[] =>
    nodes(cluster).flatMap((node) =>
      storage(cluster, node).packages?.includes("open-iscsi") === true ? [node.name] : [],
    );
  const dedicated = clusterOf({ ...ha, storage: "longhorn" });
  const lab = example("lab");
  expect(withPackages(dedicated)).toEqual(["worker-1", "worker-2", "worker-3"]);
  expect(withPackages(lab)).toEqual(nodes(lab).map(({ name }) => name));
  expect(withPackages(example("home"))).toEqual([]);
});
