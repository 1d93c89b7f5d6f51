import { defineCluster } from "../../../config/define-cluster";
import before from "./two-workers";

/** Another cloud image, and a worker more that is cloned from it. */
export default defineCluster({
  ...before,
  template: {
    cloudImage: {
      url: "https://cloud.debian.org/images/cloud/trixie/20260712-2537/debian-13-genericcloud-amd64-20260712-2537.qcow2",
    },
  },
  workers: {
    count: 3,
    first: "192.168.0.31",
    on: ["pve1", "pve2"],
    cores: 2,
    memory: "4 GiB",
    disk: "40 GiB",
  },
});
