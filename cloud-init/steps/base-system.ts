import type { Step } from "../document";

/**
 * What every node needs before RKE2: the guest agent Proxmox asks, a clock that certificates can rely on,
 * iptables for Canal, room for the file watches of many pods, no swap.
 * @see https://docs.rke2.io/install/requirements
 */
export const baseSystem: Step = {
  files: [
    {
      path: "/etc/sysctl.d/90-slipway.conf",
      permissions: "0644",
      content: "fs.inotify.max_user_instances = 8192\nfs.inotify.max_user_watches = 524288\n",
    },
  ],
  packages: ["qemu-guest-agent", "chrony", "curl", "iptables", "openssl"],
  commands: [
    // a static unit on Ubuntu: it cannot be enabled, only started
    ["systemctl", "start", "qemu-guest-agent"],
    ["sysctl", "--load", "/etc/sysctl.d/90-slipway.conf"],
    ["swapoff", "--all"],
    ["systemctl", "mask", "swap.target"],
  ],
};
