import type { Arguments, NodeProgram, ServerProgram } from "../model/rke2";
import type { ServersInput, WorkersInput } from "../schema";

/** nodeArgumentsOf a pool; a program that it does not name has none. */
export function nodeArgumentsOf(written: WorkersInput["arguments"]): Arguments<NodeProgram> {
  return { kubelet: flagsOf(written?.kubelet), "kube-proxy": flagsOf(written?.["kube-proxy"]) };
}

export function serverArgumentsOf(written: ServersInput["arguments"]): Arguments<ServerProgram> {
  return {
    "kube-apiserver": flagsOf(written?.["kube-apiserver"]),
    "kube-controller-manager": flagsOf(written?.["kube-controller-manager"]),
    "kube-scheduler": flagsOf(written?.["kube-scheduler"]),
    etcd: flagsOf(written?.etcd),
  };
}

function flagsOf(
  written: Readonly<Record<string, string | readonly string[]>> = {},
): Record<string, readonly string[]> {
  return Object.fromEntries(
    Object.entries(written).map(([flag, value]) => [flag, typeof value === "string" ? [value] : value]),
  );
}
