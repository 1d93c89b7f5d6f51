import { createHash } from "node:crypto";
import { expectationOf, type Expectation } from "../../../lab/boot/judge/expectation";
import type { Facts } from "../../../lab/boot/judge/facts";
import type { BootMachine } from "../../../lab/boot/subject";

const userData = `#cloud-config
hostname: worker-1
bootcmd:
  - [install, --directory, --mode=0700, /etc/rancher/rke2]
write_files:
  - path: /etc/rancher/rke2/agent-token
    permissions: "0600"
    encoding: b64
    content: c2VjcmV0
  - path: /etc/sysctl.d/90-slipway.conf
    permissions: "0644"
    content: |
      fs.inotify.max_user_instances = 8192
packages: [qemu-guest-agent]
runcmd:
  - [systemctl, start, qemu-guest-agent]
  - [systemctl, mask, swap.target]
  - [systemctl, enable, rke2-agent]
  - [systemctl, start, --no-block, rke2-agent]
`;

const networkConfig = `version: 2
ethernets:
  eth0:
    match: { macaddress: "bc:24:11:a8:00:1f" }
    set-name: eth0
    dhcp4: false
    addresses: [192.168.0.31/24]
    routes: [{ to: default, via: 192.168.0.1 }]
    nameservers: { addresses: [192.168.0.1] }
`;

const worker: BootMachine = {
  name: "worker-1",
  role: "agent",
  mac: "BC:24:11:A8:00:1F",
  address: "192.168.0.31",
  seed: {
    userData,
    metaData: "instance-id: boot-worker-1-1031\nlocal-hostname: worker-1\n",
    networkConfig,
  },
};

/** expected of a worker with a small document. */
export const expected: Expectation = expectationOf(worker, {
  network: { gateway: "192.168.0.1", prefix: 24, nameservers: ["192.168.0.1"] },
  api: { address: "192.168.0.20", through: "kube-vip" },
});

/** factsOf that worker as it should be, but for what is given. */
export function factsOf(but: Partial<Facts> = {}): Facts {
  const path = (file: Partial<NonNullable<Facts["paths"][string]>>) => ({
    mode: "0600",
    owner: "root:root",
    sha256: null,
    changed: 1,
    ...file,
  });
  return {
    bootId: "first",
    machineId: "4f1c",
    instanceId: "boot-worker-1-1031",
    hostname: "worker-1",
    kernel: "6.12.0",
    system: "Debian GNU/Linux 13 (trixie)",
    versions: { "cloud-init": "cloud-init 25.1.4" },
    links: [
      { ifname: "lo", addr_info: [{ family: "inet", local: "127.0.0.1", prefixlen: 8 }] },
      {
        ifname: "eth0",
        address: "bc:24:11:a8:00:1f",
        addr_info: [{ family: "inet", local: "192.168.0.31", prefixlen: 24 }],
      },
    ],
    routes: [{ gateway: "192.168.0.1", dev: "eth0" }],
    resolvers: ["192.168.0.1"],
    paths: {
      "/etc/rancher/rke2": path({ mode: "0700" }),
      "/etc/rancher/rke2/agent-token": path({
        sha256: digest("secret"),
      }),
      "/etc/sysctl.d/90-slipway.conf": path({
        mode: "0644",
        sha256: digest("fs.inotify.max_user_instances = 8192\n"),
      }),
    },
    units: {
      "qemu-guest-agent": { enabled: "static", active: "active" },
      "rke2-agent": { enabled: "enabled", active: "active" },
      "swap.target": { enabled: "masked", active: "active" },
    },
    failedUnits: [],
    cloudInit: {
      status: "done",
      extended_status: "done",
      datasource: "nocloud",
      errors: [],
      recoverable_errors: {},
    },
    schema: { status: 0, words: "Valid schema user-data" },
    swaps: [],
    sysctls: { "fs.inotify.max_user_instances": "8192" },
    packages: { "qemu-guest-agent": "installed" },
    rke2: { held: ["it joins the cluster"], refused: null },
    journal: [],
    ...but,
  };
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
