import { randomBytes, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Rke2Config } from "./config";
import type { Role } from "./keys";
import type { Guest } from "./world";

/** Kubelet is a node as its machine's configuration describes it. */
export interface Kubelet {
  readonly name: string;
  readonly address: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly string[];
  readonly version: string;
  readonly bootId: string;
}

/** labels of Kubernetes' own prefixes that a kubelet may give itself (kubernetes: pkg/kubelet/apis/well_known_labels.go). */
const ownLabels =
  /^(kubernetes\.io\/(hostname|os|arch)|topology\.kubernetes\.io\/(zone|region)|node\.kubernetes\.io\/.+|kubelet\.kubernetes\.io\/.+)$/;

/** describeKubelet is the node as this machine's configuration describes it; what a kubelet refuses is an error. */
export function describeKubelet(guest: Guest, config: Rke2Config, role: Role, version: string): Kubelet {
  const name = config.text("node-name") ?? guest.hostname;
  if (!/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(name))
    throw new Error(`node name ${JSON.stringify(name)} is not an RFC 1123 subdomain`);
  const taints = config.list("node-taint");
  const bad = taints.find(
    (taint) => !/^[\w./-]+(=[\w.-]*)?:(NoSchedule|PreferNoSchedule|NoExecute)$/.test(taint),
  );
  if (bad !== undefined) throw new Error(`invalid taint spec: ${bad}`);
  const resolver = config.text("resolv-conf");
  if (resolver !== undefined && !existsSync(join(guest.root, resolver)))
    throw new Error(`open ${resolver}: no such file or directory`);
  return {
    name,
    address: addressOf(guest, config),
    labels: { ...labelsOf(config), ...(role === "server" ? serverLabels : {}) },
    taints,
    version,
    bootId: randomUUID(),
  };
}

/** nodePassword is the file that proves a node is who its name says; made when absent. */
export function nodePassword(root: string): string {
  const path = join(root, "etc/rancher/node/password");
  if (!existsSync(path)) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${randomBytes(16).toString("hex")}\n`, { mode: 0o600 });
  }
  return readFileSync(path, "utf8").trim();
}

const serverLabels = {
  "node-role.kubernetes.io/control-plane": "true",
  "node-role.kubernetes.io/etcd": "true",
};

function labelsOf(config: Rke2Config): Record<string, string> {
  const labels = config.list("node-label").map((label): [string, string] => {
    const [key = "", value = ""] = label.split("=");
    if (/(^|\.|\/)(kubernetes|k8s)\.io\//.test(key) && !ownLabels.test(key)) {
      throw new Error(`unknown 'kubernetes.io' or 'k8s.io' labels specified with --node-labels: [${key}]`);
    }
    return [key, value];
  });
  return Object.fromEntries(labels);
}

function addressOf(guest: Guest, config: Rke2Config): string {
  const addresses = guest.network.interfaces.flatMap((nic) => nic.addresses.map(({ address }) => address));
  const [first] = addresses;
  if (first === undefined) throw new Error("no address on any interface");
  if (guest.network.gateway === undefined)
    throw new Error('no default routes found in "/proc/net/route" or "/proc/net/ipv6_route"');
  const asked = config.text("node-ip");
  if (asked !== undefined && !addresses.includes(asked)) {
    throw new Error(
      `failed to find interface with specified node ip ${asked}: this machine has ${addresses.join(", ")}`,
    );
  }
  return asked ?? first;
}
