import type { Step } from "../document";

/** start begins the service and does not wait for it: a start that waits would hold up cloud-init until quorum. */
export function start(
  service: "rke2-server" | "rke2-agent" | "slipway-keep-registered" | "haproxy" | "keepalived",
): Step {
  return {
    commands: [
      ["systemctl", "enable", service],
      ["systemctl", "start", "--no-block", service],
    ],
  };
}
