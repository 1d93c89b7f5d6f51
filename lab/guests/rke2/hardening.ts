import { isKnown } from "../system/users";
import type { Rke2Config } from "./config";
import { readObject } from "./files";
import type { Role } from "./keys";
import type { Guest } from "./world";

/** wanted of the kernel with profile cis (rancher/rke2: pkg/cli/cmds/profile_linux.go). */
const wanted = {
  "vm.overcommit_memory": "1",
  "vm.panic_on_oom": "0",
  "kernel.panic": "10",
  "kernel.panic_on_oops": "1",
} as const;

/** checkHardening throws what RKE2 says when the machine is not as its profile asks, or a file of it cannot be read. */
export function checkHardening(guest: Guest, config: Rke2Config, role: Role): void {
  const profile = config.text("profile");
  if (profile !== undefined && profile !== "cis" && profile !== "etcd")
    throw new Error("invalid value provided for --profile flag");
  const missing = [
    ...(profile === "cis" ? kernelFaults(guest) : []),
    ...(profile !== undefined && role === "server" ? etcdFaults(guest.root) : []),
  ];
  if (missing.length > 0) throw new Error(missing.join("\n"));
  if (profile === "cis" && config.text("protect-kernel-defaults") === "false")
    throw new Error("--protect-kernel-defaults must be true when using --profile=cis");
  if (role === "agent") return;
  checkFile(guest.root, config, "audit-policy-file", "audit.k8s.io/v1", "Policy");
  const admission = "apiserver.config.k8s.io/v1";
  checkFile(guest.root, config, "pod-security-admission-config-file", admission, "AdmissionConfiguration");
}

function kernelFaults(guest: Guest): string[] {
  return Object.entries(wanted).flatMap(([name, value]) => {
    const found = guest.kernel.setting(name) ?? "";
    return found === value ? [] : [`invalid kernel parameter value ${name}=${found} - expected ${value}`];
  });
}

function etcdFaults(root: string): string[] {
  return [
    ...(isKnown(root, "passwd", "etcd") ? [] : ["missing required: user: unknown user etcd"]),
    ...(isKnown(root, "group", "etcd") ? [] : ["missing required: group: unknown group etcd"]),
  ];
}

/** checkFile: the API server ends at once when it cannot read one of these. */
function checkFile(root: string, config: Rke2Config, key: string, apiVersion: string, kind: string): void {
  const path = config.text(key);
  if (path === undefined) return;
  const object = readObject(root, path);
  if (object["apiVersion"] !== apiVersion || object["kind"] !== kind)
    throw new Error(`kube-apiserver: ${path} is no ${kind} of ${apiVersion}`);
  const list = object[kind === "Policy" ? "rules" : "plugins"];
  if (!Array.isArray(list) || list.length === 0)
    throw new Error(`kube-apiserver: ${path}: ${kind === "Policy" ? "no rules" : "no plugins"}`);
}
