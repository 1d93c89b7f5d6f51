import { expectGolden } from "../golden-file";
import { everything } from "./clusters";

/** One machine per role, and what only one example shows: a later server, an installer, what options ask. */
const shown = [
  "home/server-1",
  "home/worker-1",
  "ha/server-2",
  "ha-haproxy/load-balancer-1",
  "ha-haproxy/load-balancer-2",
  "iso/installer-pve1",
  "lab/server-1",
  "lab/worker-1",
  "air-gap/server-1",
  "air-gap/worker-1",
  "hardened/server-2",
  "hardened/worker-1",
];

test.each(shown)("%s starts with the reviewed user-data, meta-data and network-config", (name) => {
  const machine = everything.find((each) => `${each.cluster}/${each.machine}` === name);
  if (machine === undefined) throw new Error(`no example has ${name}`);
  expectGolden(`cloud-init/${name}.user-data.yaml`, machine.userData);
  expectGolden(`cloud-init/${name}.meta-data.yaml`, machine.metaData);
  expectGolden(`cloud-init/${name}.network-config.yaml`, machine.networkConfig);
});
