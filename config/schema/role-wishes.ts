import { rke2Options } from "./options";
import type { Wish } from "./wishes";

/** roleWishAt an unknown field of a machine that another kind of machine, or the whole cluster, has. */
export function roleWishAt(path: readonly PropertyKey[], key: string): Wish | undefined {
  const [section = "", ...rest] = path.map(String);
  if (section === "workers" && rest.at(-1) === "arguments") return serverPrograms[key];
  if (section === "workers" && rest.length < 2) return serverFields[key] ?? clusterField(key);
  if (section === "servers" && rest.length === 0) return clusterField(key);
  if (section !== "api") return undefined;
  if (rest.length === 0) return key === "loadBalancers" ? onlyThroughHaProxy : undefined;
  return rest[0] === "loadBalancers" ? nodeFields[key] : undefined;
}

/** RKE2 on a worker writes "Unknown flag" into its log for such a key and goes on without it (k3s: pkg/configfilearg). */
const serverFields: Readonly<Record<string, Wish>> = {
  dedicated: {
    why: "it keeps servers for the control plane, which no worker has; workers are there for everything else",
    fix: "move it to servers, or keep these workers for some pods with taints",
  },
  etcd: {
    why: "etcd runs on servers only: RKE2 on a worker skips its settings",
    fix: "move it to servers",
  },
};

const serverPrograms = Object.fromEntries(
  ["kube-apiserver", "kube-controller-manager", "kube-scheduler", "etcd"].map((program): [string, Wish] => [
    program,
    {
      why: `${program} runs on servers only: RKE2 on a worker skips its arguments`,
      fix: "move it to servers.arguments",
    },
  ]),
);

function clusterField(key: string): Wish | undefined {
  if (!Object.hasOwn(rke2Options, key)) return undefined;
  return {
    why: "servers and workers have it alike, or images and pods differ by the node",
    fix: "move it to rke2",
  };
}

const onlyThroughHaProxy: Wish = {
  why: "only through haproxy are there machines in front of the servers",
  fix: 'set api.through to "haproxy", or take it out',
};

const noNode: Wish = {
  why: "a load balancer is no node of Kubernetes: it runs HAProxy and keepalived, and no pods",
  fix: "take it out",
};

const pair: Wish = {
  why: "load balancers are two: one holds the address, the other takes it over",
  fix: "take it out",
};

const nodeFields: Readonly<Record<string, Wish>> = {
  labels: noNode,
  taints: noNode,
  arguments: noNode,
  count: pair,
  retired: pair,
};
