import type { Rke2Config } from "./config";
import type { Role } from "./keys";

const nodePrograms = ["kubelet", "kube-proxy"] as const;
const serverPrograms = ["kube-apiserver", "kube-controller-manager", "kube-scheduler", "etcd"] as const;

/** checkArguments: what RKE2 hands on has the form of a flag; a program ends at one it cannot read. */
export function checkArguments(config: Rke2Config, role: Role): void {
  for (const program of role === "server" ? [...nodePrograms, ...serverPrograms] : nodePrograms) {
    const wrong = config.all(`${program}-arg`).find((flag) => !/^[a-z][a-z0-9-]*[+-]?(=.*)?$/s.test(flag));
    if (wrong !== undefined) throw new Error(`${program}: unknown flag: --${wrong}`);
  }
}
