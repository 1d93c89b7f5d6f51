import type { Cluster, LoadBalancerNode, NodeNetwork } from "../config/model";
import type { HaProxy } from "../config/model/api";
import { machineDocument, type Step } from "./document";
import { haproxyConfig } from "./load-balancer/haproxy";
import { keepalivedConfig } from "./load-balancer/keepalived";
import { paths } from "./paths";
import { start } from "./steps/start";

/** loadBalancerUserData is the whole first boot of a machine in front of the servers: HAProxy and keepalived, no RKE2. */
export function loadBalancerUserData(cluster: Cluster, api: HaProxy, node: LoadBalancerNode): string {
  return machineDocument(node.name, [
    system(cluster.network),
    credential,
    configuration(paths.haproxy, haproxyConfig(cluster)),
    configuration(paths.keepalived, keepalivedConfig(api, node)),
    start("haproxy"),
    start("keepalived"),
  ]);
}

function system({ proxy }: NodeNetwork): Step {
  return {
    ...(proxy === undefined ? {} : { aptProxy: proxy.url }),
    packages: ["qemu-guest-agent", "chrony", "curl", "haproxy", "keepalived"],
    // a static unit on Ubuntu: it cannot be enabled, only started
    commands: [["systemctl", "start", "qemu-guest-agent"]],
  };
}

/** What the servers' APIs are asked with. HAProxy reads it as root, before it gives its rights away. */
const credential: Step = {
  privateDirectories: [paths.slipway],
  files: [
    { path: paths.serverAuthority, secret: "server-ca.crt" },
    { path: paths.loadBalancerCredential, secret: "load-balancer.pem" },
  ],
};

/** A file that is there before its package, which then keeps it: cloud-init installs with --force-confold. */
function configuration(path: string, content: string): Step {
  return { files: [{ path, permissions: "0644", content }] };
}
